package dev.berth.interop;

import dev.berth.interop.Act.Cut;
import dev.berth.interop.Act.Door;
import dev.berth.interop.Act.Leaving;
import dev.berth.interop.Step.Who;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up what two clients do. Of one seed it is always the same. */
final class Improviser {
  private static final List<String> NAMES =
      List.of(
          "file",
          "other",
          "empty",
          "d",
          "d/file",
          "d/e",
          "d/e/file",
          "e",
          "/file",
          "/d/file",
          "none",
          "../file",
          "..",
          ".",
          "/",
          "link",
          "link/file",
          octets("zwei Wörter"),
          "quo\"te",
          "quo\"te/file",
          "new-1",
          "new-2",
          "d/new-1",
          "/new-3",
          "-dash",
          "./file",
          "d/../file",
          "/d/e",
          "/link",
          "n/a/file");

  private static final List<String> FOLDERS =
      List.of("d", "e", "/d", "/d/e", "/", "link", "/link", "quo\"te", "new-1", "..", "none");

  /** What has rights that may be taken away: not the folder that a login begins in. */
  private static final List<String> OWN = List.of("file", "/file", "d/file", "d/e", "/d", "none");

  private static final List<String> OPTIONS =
      List.of("UTF8 ON", "UTF8 OFF", "MLST type;size;", "MLST", "MLST none;", "NONE x");

  private static final List<Integer> SIZES = List.of(0, 1, 100, 5_000, 300_000);

  private final Random random;
  private int cuts;

  Improviser(long seed) {
    random = new Random(seed);
  }

  /** Names are characters of one octet each in this suite. */
  static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A sequence of some length. */
  List<Step> steps(int count) {
    List<Step> steps = new ArrayList<>();
    Who who = Who.A;
    while (steps.size() < count) {
      who = one(Who.values());
      add(steps, who);
    }
    return steps;
  }

  private void add(List<Step> steps, Who who) {
    int die = random.nextInt(100);
    if (die < 14) {
      solo(steps, who, new Act.Say("CWD " + one(FOLDERS)));
    } else if (die < 38) {
      solo(steps, who, new Act.Say(plain()));
    } else if (die < 48) {
      solo(steps, who, listing());
    } else if (die < 58) {
      solo(steps, who, new Act.Fetch("RETR " + one(NAMES), door()));
    } else if (die < 66) {
      solo(steps, who, new Act.Store(storing() + " " + one(NAMES), door(), one(SIZES)));
    } else if (die < 75) {
      restarted(steps, who);
    } else if (die < 82) {
      renamed(steps, who);
    } else if (die < 86) {
      solo(steps, who, new Act.Say(burst()));
    } else if (die < 92) {
      solo(steps, who, cut());
    } else if (die < 95) {
      solo(steps, who, new Act.Leave(one(Leaving.values())));
    } else {
      steps.add(new Step.Both(reading(), reading()));
    }
  }

  private static void solo(List<Step> steps, Who who, Act act) {
    steps.add(new Step.Solo(who, act));
  }

  /** A command of one line that moves no data. */
  private String plain() {
    return switch (random.nextInt(22)) {
      case 0, 1 -> "PWD";
      case 2 -> "CDUP";
      case 3, 4 -> "MKD " + one(NAMES);
      case 5 -> "RMD " + one(FOLDERS);
      case 6 -> "RMD " + one(NAMES);
      case 7, 8 -> "DELE " + one(NAMES);
      case 9 -> "SIZE " + one(NAMES);
      case 10 -> "MDTM " + one(NAMES);
      case 11 -> "STAT " + one(NAMES);
      case 12 -> "TYPE " + one(List.of("A", "I", "I", "A N", "L 8"));
      case 13 -> "TYPE A";
      case 14 -> "NOOP";
      case 15 -> "OPTS " + one(OPTIONS);
      case 16 -> one(List.of("EPSV", "PASV"));
      case 17 -> "SITE CHMOD " + one(List.of("644", "600", "000", "755")) + " " + one(OWN);
      case 18 -> "MLST " + one(NAMES);
      case 19 -> one(List.of("CWD", "RETR", "DELE", "SIZE", "MKD", "RNFR", "RNTO", "STOR", "MDTM"));
      case 20 -> one(List.of("XYZZY", "SYST", "STRU F", "MODE S", "ALLO 100", "MODE B"));
      default -> "REST " + one(List.of("0", "1", "1000", "5000", "x"));
    };
  }

  /** Several commands in one packet. */
  private String[] burst() {
    String[] lines = new String[2 + random.nextInt(4)];
    for (int i = 0; i < lines.length; i++) {
      lines[i] =
          random.nextInt(3) == 0
              ? "CWD " + one(FOLDERS)
              : one(List.of("PWD", "CDUP", "SIZE ", "DELE ", "MKD ", "MDTM ", "TYPE I", "NOOP"));
      lines[i] += lines[i].endsWith(" ") ? one(NAMES) : "";
    }
    return lines;
  }

  private Act listing() {
    String verb = one(List.of("LIST", "NLST", "MLSD"));
    String argument = random.nextBoolean() ? "" : " " + one(NAMES);
    return new Act.Fetch(verb + argument, door());
  }

  /** REST, perhaps something else, and what it is for. */
  private void restarted(List<Step> steps, Who who) {
    if (random.nextInt(5) > 0) {
      solo(steps, who, new Act.Say("TYPE I"));
    }
    solo(steps, who, new Act.Say("REST " + one(List.of("1", "1000", "2999", "3000", "4000"))));
    if (random.nextInt(3) == 0) {
      solo(steps, who, new Act.Say(one(List.of("PWD", "NOOP", "TYPE I", "SIZE file", "CWD d"))));
    }
    if (random.nextInt(3) == 0) {
      add(steps, who == Who.A ? Who.B : Who.A);
    }
    solo(
        steps,
        who,
        random.nextBoolean()
            ? new Act.Fetch("RETR " + one(NAMES), door())
            : new Act.Store(storing() + " " + one(NAMES), door(), one(SIZES)));
  }

  private void renamed(List<Step> steps, Who who) {
    solo(steps, who, new Act.Say("RNFR " + one(NAMES)));
    int die = random.nextInt(8);
    if (die == 0) {
      add(steps, who); // In between, or in place of RNTO.
    }
    if (die == 1) {
      add(steps, who == Who.A ? Who.B : Who.A);
    }
    if (die < 7) {
      solo(steps, who, new Act.Say("RNTO " + one(NAMES)));
    }
  }

  private Act cut() {
    Cut cut = one(Cut.values());
    cuts++;
    return random.nextBoolean()
        ? new Act.CutFetch("RETR /big", cut)
        : new Act.CutStore(storing() + " " + one(List.of("", "/")) + "cut-" + cuts, cut, 2_000_000);
  }

  private Act reading() {
    return switch (random.nextInt(6)) {
      case 0 -> listing();
      case 1 -> new Act.Say("PWD");
      case 2 -> new Act.Say("SIZE " + one(NAMES));
      case 3 -> new Act.CutFetch("RETR /big", one(Cut.values()));
      default -> new Act.Fetch("RETR " + one(NAMES), door());
    };
  }

  private String storing() {
    return random.nextInt(3) == 0 ? "APPE" : "STOR";
  }

  private Door door() {
    int die = random.nextInt(20);
    return die == 0
        ? Door.NONE
        : die < 10 ? Door.EPSV : die < 15 ? Door.PASV : die < 18 ? Door.EPRT : Door.PORT;
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private <T> T one(T[] things) {
    return things[random.nextInt(things.length)];
  }
}
