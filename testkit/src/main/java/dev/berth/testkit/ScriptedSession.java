package dev.berth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One session of a {@link CommandTable}, as a plain server holds it. Confined to the thread of its
 * script. Folders exist by what is in them, or by a key that ends with a slash.
 */
final class ScriptedSession {
  private static final String MODIFIED = "20260102030405";

  private static final List<String> FEATURES =
      List.of(
          "211-Features:",
          " MLST type*;size*;modify*;",
          " SIZE",
          " MDTM",
          " REST STREAM",
          " UTF8",
          " EPSV",
          "211 End");

  private final Conversation conversation;
  private final Map<String, byte[]> files;
  private String folder = "/";
  private String renameFrom = "";
  private int restart;
  private boolean isOver;

  ScriptedSession(Conversation conversation, Map<String, byte[]> files) {
    this.conversation = conversation;
    this.files = files;
  }

  boolean isOver() {
    return isOver;
  }

  /** Answers one command (RFC 959, 2389, 2428, 3659). */
  void answer(String verb, String argument) throws IOException {
    switch (verb) {
      case "USER" -> say("331 password please");
      case "PASS" -> say("230 logged in");
      case "SYST" -> say("215 UNIX Type: L8");
      case "FEAT" -> say(String.join("\r\n", FEATURES));
      case "NOOP", "OPTS", "TYPE", "MODE", "STRU", "ALLO" -> say("200 ok");
      case "PWD" -> say("257 \"" + folder + "\"");
      case "CWD", "CDUP" -> changeFolder(verb.equals("CDUP") ? ".." : argument);
      case "EPSV" -> conversation.sayExtendedPassive();
      case "PASV" -> conversation.sayPassive();
      case "EPRT", "PORT" -> {
        conversation.takeActive(argument);
        say("200 ok");
      }
      case "REST" -> {
        restart = Integer.parseInt(argument);
        say("350 restarting at " + restart);
      }
      case "SIZE", "MDTM", "MLST" -> fileFact(verb, path(argument));
      case "RETR" -> retrieve(path(argument));
      case "MLSD", "NLST", "LIST" -> list(verb, path(argument));
      case "STOR" -> store(path(argument), new byte[0]);
      case "APPE" -> append(path(argument));
      case "DELE", "MKD", "RMD", "RNFR", "RNTO" -> change(verb, path(argument));
      case "QUIT" -> {
        say("221 bye");
        isOver = true;
      }
      default -> say("502 not implemented");
    }
  }

  private void say(String line) throws IOException {
    conversation.say(line + "\r\n");
  }

  /** The path from the root, without a slash at its end. */
  private String path(String argument) {
    String joined = argument.startsWith("/") ? argument : folder + "/" + argument;
    StringBuilder path = new StringBuilder();
    for (String step : joined.split("/", -1)) {
      if (step.equals("..")) {
        path.setLength(Math.max(0, path.lastIndexOf("/")));
      } else if (!step.isEmpty() && !step.equals(".")) {
        path.append('/').append(step);
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private static String inside(String folder) {
    return folder.equals("/") ? "/" : folder + "/";
  }

  private boolean isFolder(String path) {
    return path.equals("/")
        || files.keySet().stream().anyMatch(file -> file.startsWith(inside(path)));
  }

  private void changeFolder(String argument) throws IOException {
    String wanted = path(argument);
    if (isFolder(wanted)) {
      folder = wanted;
      say("250 ok");
    } else {
      say("550 " + argument + ": No such file or directory");
    }
  }

  private void fileFact(String verb, String path) throws IOException {
    byte[] content = files.get(path);
    if (verb.equals("MLST") && (content != null || isFolder(path))) {
      say("250-Begin\r\n " + facts(path) + path + "\r\n250 End");
    } else if (content == null) {
      say("550 " + path + ": No such file or directory");
    } else {
      say("213 " + (verb.equals("SIZE") ? Integer.toString(content.length) : MODIFIED));
    }
  }

  private String facts(String path) {
    byte[] content = files.get(path);
    return content == null
        ? "type=dir;modify=%s; ".formatted(MODIFIED)
        : "type=file;size=%d;modify=%s; ".formatted(content.length, MODIFIED);
  }

  private void retrieve(String path) throws IOException {
    byte[] content = files.get(path);
    int from = takeRestart();
    if (content == null) {
      say("550 " + path + ": No such file or directory");
      return;
    }
    say("150 here it comes");
    conversation.sendData(
        Arrays.copyOfRange(content, Math.min(from, content.length), content.length));
    say("226 done");
  }

  private int takeRestart() {
    int from = restart;
    restart = 0;
    return from;
  }

  private void list(String verb, String path) throws IOException {
    if (!isFolder(path)) {
      say("550 " + path + ": No such file or directory");
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (String name : children(path)) {
      lines.append(listed(verb, inside(path) + name, name)).append("\r\n");
    }
    say("150 here it comes");
    conversation.sendData(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    say("226 done");
  }

  private Set<String> children(String path) {
    Set<String> names = new TreeSet<>();
    for (String file : files.keySet()) {
      if (file.startsWith(inside(path)) && file.length() > inside(path).length()) {
        names.add(file.substring(inside(path).length()).split("/", -1)[0]);
      }
    }
    return names;
  }

  private String listed(String verb, String path, String name) {
    byte[] content = files.get(path);
    return switch (verb) {
      case "MLSD" -> facts(path) + name;
      case "LIST" ->
          String.format(
              Locale.ROOT,
              "%s 1 owner group %8d Jan  2 2026 %s",
              content == null ? "drwxr-xr-x" : "-rw-r--r--",
              content == null ? 0 : content.length,
              name);
      default -> name;
    };
  }

  private void append(String path) throws IOException {
    byte[] before = files.get(path);
    store(path, before == null ? new byte[0] : before);
  }

  private void store(String path, byte[] before) throws IOException {
    int from = takeRestart();
    byte[] old = files.get(path);
    say("150 go on");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(from > 0 && old != null ? Arrays.copyOf(old, from) : before);
    content.writeBytes(conversation.receiveData());
    files.put(path, content.toByteArray());
    say("226 done");
  }

  private void change(String verb, String path) throws IOException {
    switch (verb) {
      case "MKD" -> {
        files.put(path + "/", new byte[0]);
        say("257 \"" + path + "\" created");
      }
      case "RNFR" -> {
        renameFrom = path;
        say(files.containsKey(path) ? "350 to what?" : "550 No such file or directory");
      }
      case "RNTO" -> {
        byte[] moved = files.remove(renameFrom);
        if (moved != null) {
          files.put(path, moved);
        }
        say(moved == null ? "503 RNFR first" : "250 renamed");
      }
      default -> {
        String key = verb.equals("RMD") ? path + "/" : path;
        say(files.remove(key) == null ? "550 No such file or directory" : "250 gone");
      }
    }
  }
}
