package dev.berth.session;

import dev.berth.session.Denial.Reason;

/** Which reply code a denial has (RFC 959 sections 4.2.1 and 5.4). Pure. */
final class DenialCodes {
  private DenialCodes() {}

  static int code(Reason reason, String verb) {
    boolean isName =
        switch (verb) {
          case "STOR", "STOU", "APPE", "RNTO" -> true;
          default -> false;
        };
    return switch (reason) {
      case NOT_FOUND, NOT_A_FOLDER, NOT_A_FILE, NOT_EMPTY -> 550;
      case EXISTS, NOT_PERMITTED -> isName ? 553 : 550;
      case NAME_NOT_ALLOWED -> 553;
      case BUSY -> 450;
      case NO_SPACE -> 452;
      case OVER_QUOTA -> 552;
      case BEYOND_END -> 554;
      case NOT_SUPPORTED -> 504;
    };
  }
}
