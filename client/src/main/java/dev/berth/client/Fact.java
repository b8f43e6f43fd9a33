package dev.berth.client;

/** What can be found out about a server: one question each, in the order of a profile. */
public enum Fact {
  /** What it is. */
  SOFTWARE("software", "software"),
  /** Its first words. */
  GREETING("greeting", "greeting"),
  /** What it can do beyond RFC 959, as it says (FEAT). */
  FEATURES("features", "features"),
  /** How long a login takes. */
  LOGIN_TIME("loginTime", "login"),
  /** How long a command and its reply take. */
  ROUND_TRIP("roundTrip", "round trip"),
  /** After how long without a command it says that it hangs up. */
  IDLE_STATED("idleStated", "idle time stated"),
  /** After how long without a command it did. */
  IDLE_MEASURED("idleMeasured", "idle time measured"),
  /** Whether NOOP resets that time. */
  NOOP_KEEPS_ALIVE("noopKeepsAlive", "NOOP keeps alive"),

  /** Whether it offers TLS (RFC 4217). */
  TLS("tls", "TLS"),
  /** What was agreed on. */
  TLS_VERSION("tlsVersion", "TLS version"),
  /** Whether it takes TLS 1.2, too. */
  TLS_1_2("tls12", "TLS 1.2"),
  /** Whose its certificate is. */
  CERTIFICATE("certificate", "certificate"),
  /** The certificate's last moment. */
  CERTIFICATE_EXPIRES("certificateExpires", "valid until"),
  /** Whether a known authority vouches for it. */
  CERTIFICATE_TRUSTED("certificateTrusted", "trusted"),
  /** What {@code --tls-trust} takes. */
  CERTIFICATE_FINGERPRINT("certificateFingerprint", "fingerprint"),
  /** Whether data connections resume the session of the control connection. */
  TLS_RESUMED("tlsResumed", "data resumes TLS"),
  /** Whether they have to. */
  TLS_RESUMPTION_REQUIRED("tlsResumptionRequired", "... and has to"),

  /** Extended passive mode (RFC 2428). */
  EPSV("epsv", "EPSV"),
  /** Passive mode (RFC 959). */
  PASV("pasv", "PASV"),
  /** Whether the reply to PASV names the address that we know the server by. */
  PASSIVE_ADDRESS("passiveAddress", "address of PASV"),
  /** Extended active mode (RFC 2428). */
  EPRT("eprt", "EPRT"),
  /** Active mode (RFC 959). */
  PORT("port", "PORT"),

  /** Listings for machines (RFC 3659). */
  MLSD("mlsd", "MLSD"),
  /** The same of one file. */
  MLST("mlst", "MLST"),
  /** Listings for people, in a style that is understood. */
  LIST("list", "LIST"),
  /** The zone of their times. */
  LIST_ZONE("listZone", "zone of LIST"),
  /** Sizes (RFC 3659). */
  SIZE("size", "SIZE"),
  /** Times (RFC 3659). */
  MDTM("mdtm", "MDTM"),
  /** Retrievals that begin in the middle (RFC 3659). */
  REST("rest", "REST+RETR"),

  /** Hashes (draft-bryan-ftpext-hash). */
  HASH("hash", "HASH"),
  /** CRC-32. */
  XCRC("xcrc", "XCRC"),
  /** MD5. */
  XMD5("xmd5", "XMD5"),
  /** SHA-1. */
  XSHA1("xsha1", "XSHA1"),
  /** SHA-256. */
  XSHA256("xsha256", "XSHA256"),
  /** SHA-512. */
  XSHA512("xsha512", "XSHA512"),
  /** MD5 by a command of that name (draft-twine-ftpmd5). */
  MD5("md5", "MD5"),

  /** EPSV and RETR in one packet. */
  PAIR("pipeliningPair", "EPSV+RETR at once"),
  /** The next such pair behind a transfer that runs. */
  AHEAD("pipeliningAhead", "next pair ahead"),
  /** NOOP while a transfer runs. */
  NOOP_IN_TRANSFER("noopInTransfer", "NOOP in transfer"),

  /** Uploads. */
  STOR("stor", "STOR"),
  /** Uploads that go on in the middle. */
  REST_STOR("restStor", "REST+STOR"),
  /** Uploads that append. */
  APPE("appe", "APPE"),
  /** Setting times (draft-somers-ftp-mfxx). */
  MFMT("mfmt", "MFMT"),
  /** Setting times by MDTM with two arguments. */
  MDTM_SET("mdtmSet", "MDTM sets times"),
  /** Setting times by SITE UTIME. */
  SITE_UTIME("siteUtime", "SITE UTIME"),
  /** Setting permissions. */
  SITE_CHMOD("siteChmod", "SITE CHMOD");

  private final String key;
  private final String title;

  Fact(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** Its name for machines: {@code tlsResumptionRequired}. It never changes. */
  public String key() {
    return key;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** Whether it differs from one look to the next, with nothing having changed. */
  public boolean isFleeting() {
    return this == LOGIN_TIME || this == ROUND_TRIP || this == IDLE_MEASURED;
  }
}
