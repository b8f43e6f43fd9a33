package dev.berth.dialects;

/** What a word of a refusal speaks of, in any language. The words are rows of a table. */
enum Concept {
  /** Too many, more than allowed, the maximum. */
  EXCESS,
  /** What a limit on connections counts: connections, sessions, users, clients. */
  COUNTED,
  /** The client's address. */
  ADDRESS,
  /** One and the same account. */
  ACCOUNT,
  /** Logins at once: after PASS, those of one account. */
  LOGINS,
  /** Transfers, which have ceilings of their own. */
  TRANSFER,
  /** Load, memory, ports: something else than connections is short. */
  PRESSURE,
  /** The server, not its machine, has too much to do: said where others say that it is full. */
  BUSY,
  /** Users, in the plural: those of the whole server. */
  EVERYONE,
  /** Connections come too fast, however few are open. */
  RATE,
  /** The server waited too long. */
  TIMEOUT,
  /** Passwords, attempts, "incorrect": while one is named, nothing is a limit. */
  CREDENTIAL,
  /** Something failed. */
  FAILED,
  /** Logging in. */
  LOGIN,
  /** Wanted neither now nor later: banned, blocked, disabled, not trusted. */
  BANNED,
  /** Denied, which may be said of a file too. */
  DENIED,
  /** Login without an account. */
  ANONYMOUS,
  /** Encryption. */
  TLS,
  /** The server is going down. */
  SHUTDOWN,
  /** Room on a disk. */
  QUOTA,
  /** One file or folder that is missing, in the way, or out of bounds. */
  FILE,
  /** Files and folders themselves, whatever is said of them. */
  FILES,
  /** The folder of an account: who speaks of it has accepted the password. */
  HOME,
  /** Changing to another user within a session. */
  SWITCH,
  /** A ceiling on files, bytes or time of a session. */
  DATA,
  /** Cannot, not possible, not available: means something at 4yz codes only. */
  UNAVAILABLE,
  /** A named failure, whatever the code. */
  FAULT,
  /** Commands that the server does not like. */
  COMMANDS,
  /** "Try again later", in languages where it holds the word for an attempt. Says nothing. */
  AGAIN,
  /** How people note a close without a reply. */
  SILENCE,
  /** A number in seconds stands near. */
  SECONDS,
  /** A number in minutes stands near. */
  MINUTES,
  /** The number 1 as a word. */
  ONE,
  /** The number 2 as a word. */
  TWO,
  /** The number 3 as a word. */
  THREE
}
