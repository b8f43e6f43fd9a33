package dev.berth.interop;

import java.util.List;
import java.util.Set;

/** What may differ, and why. */
enum Allowed {
  /** Whoever is astray and has lost its connection directly is astray no more. */
  ASTRAY_UP_TO_A_LOGIN {
    @Override
    boolean covers(Moment moment) {
      return moment.isAstray()
          && moment.direct().last().equals(Outcome.CLOSED)
          && !moment.gated().last().equals(Outcome.CLOSED);
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** A server keeps the folder itself, a gateway its name. It can be left, all the same. */
  ASTRAY {
    @Override
    boolean covers(Moment moment) {
      boolean isWayOut = isOf(moment, "CWD") && !isNegative(moment.direct());
      return moment.isAstray() && !isWayOut;
    }
  },
  /** Without RNFR right before it a RNTO is not passed on: which code says so is the server's. */
  RENAME_WITHOUT_FIRST_HALF {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "RNTO")
          && moment.gated().last().equals("503")
          && isNegative(moment.direct());
    }
  },
  /** What the gateway answers itself does not come between RNFR and RNTO; our server counts it. */
  RENAME_OVER_ANSWERS_OF_ITS_OWN {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("ours")
          && isOf(moment, "RNTO")
          && moment.direct().last().equals("503")
          && isRenameBegun(moment.said());
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** What was to be renamed is gone meanwhile: RNFR, said again on another connection, says so. */
  RENAME_OF_WHAT_IS_GONE {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "RNTO") && isNegative(moment.direct()) && isNegative(moment.gated());
    }
  },
  /** RFC 959 section 5.4 wants RNTO right behind RNFR; vsftpd and Pure-FTPd are content without. */
  RENAME_INTERRUPTED {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "RNTO")
          && moment.gated().last().equals("503")
          && moment.direct().last().equals("250");
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** Pure-FTPd tells of the RNFR before, which other servers forget in silence. */
  RENAME_BEGUN_ANEW {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "RNFR")
          && moment.direct().last().equals("350")
          && moment.gated().last().equals("350");
    }
  },
  /** ProFTPD refuses whatever comes behind RNFR that is no RNTO, once. */
  SEQUENCE {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("proftpd")
          && moment.direct().replies().stream()
              .anyMatch(reply -> reply.endsWith("501 Bad sequence of commands"));
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** A transfer that nobody has opened a door for is refused before the server is asked. */
  NO_DATA_CONNECTION {
    @Override
    boolean covers(Moment moment) {
      return isWithoutDoor(moment.act())
          && !(moment.act() instanceof Act.Store)
          && moment.gated().last().equals("425")
          && isNegative(moment.direct());
    }
  },
  /**
   * A port was open. Whether its end, or the client's, is heard first is chance; and vsftpd waits
   * for a minute, with the file locked.
   */
  PORT_LEFT_OPEN {
    @Override
    boolean covers(Moment moment) {
      return isWithoutDoor(moment.act())
          && (isBegun(moment.direct()) || moment.direct().last().equals(Outcome.CLOSED));
    }

    @Override
    boolean isSilent() {
      return true;
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** ProFTPD creates the file first; and some ports stay open if what they were for is refused. */
  FILE_WITHOUT_DATA_CONNECTION {
    @Override
    boolean covers(Moment moment) {
      return isWithoutDoor(moment.act());
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** Pure-FTPd falls silent at times when a transfer is cut: the client has to come again. */
  CUT_TO_SILENCE {
    @Override
    boolean covers(Moment moment) {
      return CUT_OFF.covers(moment) && moment.direct().last().equals(Outcome.CLOSED);
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /**
   * Our server keeps an upload that is whole, and nothing of another. ABOR and the end of the data
   * come at once: which is heard first is chance, and decides whether it is whole.
   */
  CUT_OR_WHOLE {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("ours")
          && moment.act() instanceof Act.CutStore
          && isBegun(moment.direct())
          && isBegun(moment.gated())
          && moment.direct().codes().contains("426") != moment.gated().codes().contains("426");
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** How often and with what a transfer is answered that was cut, no two servers agree. */
  CUT_OFF {
    @Override
    boolean covers(Moment moment) {
      return (moment.act() instanceof Act.CutFetch || moment.act() instanceof Act.CutStore)
          && isBegun(moment.direct())
          && isBegun(moment.gated())
          && Set.of("226", "426", "451").containsAll(moment.gated().codes());
    }
  },
  /** No room is kept: 202, which is success as well. */
  ALLOCATION {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "ALLO")
          && moment.gated().last().equals("202")
          && moment.direct().last().startsWith("2");
    }
  },
  /** Options would stay behind on a connection that others get. */
  OPTION {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "OPTS") && Set.of("200", "501", "504").contains(moment.gated().last());
    }
  },
  /** All facts are shown, whatever was chosen. */
  CHOSEN_FACTS {
    @Override
    boolean covers(Moment moment) {
      return (isOf(moment, "MLSD") || isOf(moment, "MLST"))
          && moment.said().stream().anyMatch(line -> line.startsWith("OPTS MLST"))
          && moment.direct().codes().equals(moment.gated().codes())
          && Mask.namesOfFacts(Mask.listing(moment.direct().data()))
              .equals(Mask.namesOfFacts(Mask.listing(moment.gated().data())));
    }
  },
  /** Pure-FTPd reads a hyphen as options, and no more once there was an OPTS, as in a login. */
  LISTING_OPTIONS {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("pure-ftpd")
          && (isOf(moment, "MLSD -dash") || isOf(moment, "NLST -dash"));
    }
  },
  /** ProFTPD 1.3.8 dies of LIST -d: the gateway's client is still there, where it was. */
  LISTING_TO_DEATH {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("proftpd")
          && isOf(moment, "LIST -dash")
          && moment.direct().last().equals(Outcome.CLOSED)
          && moment.gated().last().equals("451");
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** ProFTPD judges an offset before a type that comes behind it; the gateway sends it last. */
  OFFSET_BEFORE_TYPE {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("proftpd")
          && TRANSFERS.containsAll(moment.act().verbs())
          && moment.gated().replies().getLast().startsWith("501 REST: ");
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /**
   * Pure-FTPd refuses all of them once it has refused one: the gateway takes another connection.
   */
  OFFSET_OF_UPLOAD_REFUSED {
    @Override
    boolean covers(Moment moment) {
      return moment.server().equals("pure-ftpd")
          && moment.act() instanceof Act.Store
          && moment.direct().last().equals("553")
          && isBegun(moment.gated());
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** vsftpd takes any word for zero, which takes back an offset. */
  OFFSET_TAKEN_BACK {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "REST x")
          && moment.direct().last().equals("350")
          && moment.gated().last().equals("501");
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** Each server says in its own way that this is none. */
  OFFSET_IS_NO_NUMBER {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "REST x")
          && isNegative(moment.direct())
          && moment.gated().last().equals("501");
    }
  },
  /** RFC 959 wants the transfer right behind REST; servers remember it over listings. */
  OFFSET_FORGOTTEN {
    @Override
    boolean covers(Moment moment) {
      return TRANSFERS.containsAll(moment.act().verbs()) && isAnOffsetLeft(moment.said());
    }

    @Override
    boolean isSilent() {
      return true;
    }

    @Override
    boolean isParting() {
      return true;
    }
  },
  /** The server judges an offset when it is needed. */
  OFFSET_JUDGED_LATER {
    @Override
    boolean covers(Moment moment) {
      return isOf(moment, "REST")
          && moment.gated().last().equals("350")
          && isNegative(moment.direct());
    }

    @Override
    boolean isParting() {
      return true;
    }
  };

  private static final Set<String> LISTINGS = Set.of("LIST", "NLST", "MLSD");
  private static final Set<String> TRANSFERS = Set.of("RETR", "STOR", "APPE");

  /** What the gateway answers, whatever is behind it. */
  private static final Set<String> ANSWERED =
      Set.of("TYPE", "STRU", "MODE", "REST", "NOOP", "HELP", "EPSV", "PASV", "XYZZY");

  abstract boolean covers(Moment moment);

  /** Whether it shows in the files at first, not in what clients hear. */
  boolean isSilent() {
    return false;
  }

  /** Whether the files may differ from now on. */
  boolean isParting() {
    return false;
  }

  /** Whether its only line is this, or begins with this word. */
  private static boolean isOf(Moment moment, String start) {
    List<String> lines = moment.act().commands();
    return lines.size() == 1 && (lines.getFirst() + " ").startsWith(start + " ");
  }

  /** Whether REST was followed by a listing, and since then by no transfer. */
  private static boolean isAnOffsetLeft(List<String> said) {
    boolean isListed = false;
    for (String line : said.reversed()) {
      String verb = Act.verb(line);
      if (TRANSFERS.contains(verb) || verb.equals("REST")) {
        return isListed && verb.equals("REST");
      }
      isListed |= LISTINGS.contains(verb);
    }
    return false;
  }

  /** Whether the last command that the gateway did not answer itself was RNFR. */
  private static boolean isRenameBegun(List<String> said) {
    for (String line : said.reversed()) {
      if (!ANSWERED.contains(Act.verb(line))) {
        return Act.verb(line).equals("RNFR");
      }
    }
    return false;
  }

  private static boolean isNegative(Outcome outcome) {
    return outcome.last().startsWith("4") || outcome.last().startsWith("5");
  }

  private static boolean isBegun(Outcome outcome) {
    return !outcome.replies().isEmpty() && outcome.replies().getFirst().startsWith("1");
  }

  private static boolean isWithoutDoor(Act act) {
    return (act instanceof Act.Say && TRANSFERS.containsAll(act.verbs()))
        || (act instanceof Act.Fetch(String line, Act.Door door) && door == Act.Door.NONE)
        || (act instanceof Act.Store(String up, Act.Door way, int size) && way == Act.Door.NONE);
  }
}
