/** Who answers is no guest of the site. */
export const ownPeople = {
  leaveAgentsOut: 'Leave out browsers in which a colleague is signed in',
  leaveAgentsOutHint:
    'Their visits stand in no list and no report. They can chat like everybody, and a chat counts like any other. It takes effect with their next visit.',
  ownTitle: 'Your own browser',
  ownAbout:
    'While you are signed in, pages under the address of this console know your browser, and it is not counted. Where the site has an address of another kind, open it once by a link made here: this browser is then left out for the visit, and for later ones if the visitor agrees to be remembered.',
  ownCounted: 'This site counts its colleagues like everybody. That can be changed above.',
  ownMake: 'Make a link',
  ownGuest: 'Count this browser again',
  ownOpen: 'Open your site without being counted:',
  guestOpen: 'Open your site as a guest again:',
  ownHolds:
    'For half an hour, and for the browser that opens it first. To any other page of the site, add this to its address:',
  ownEmpty: 'Your own browser may be missing here: while you are signed in, a site can leave it out.',
}
