/** Content types of records (RFC 8446 section 5.1). */
export const ContentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
  /** RFC 9146: the content type is under the protection. */
  tls12Cid: 25,
} as const;
