package dev.berth.gateway;

import dev.berth.wire.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where on the server a file is to be: what a client has said, and where it was then.
 *
 * @param folder as the server has told it
 * @param argument as the client has sent it
 */
record SpoolPath(String folder, String argument) {
  /** Most file systems take names of 255 octets. */
  private static final int LONGEST_NAME = 200;

  /**
   * What two paths have in common that mean the same file: where the server has pathnames as we
   * know them (TVFS, RFC 3659 section 6) the whole one; else the folder and the argument as they
   * are.
   *
   * @return nothing where it cannot be told, as behind {@code ..}, which may lead out of a link
   */
  Optional<String> key(Features features) {
    return features.has("TVFS") ? whole() : Optional.of(asSaid());
  }

  /** The words themselves, which no other pathname has. */
  String asSaid() {
    return folder + '\0' + argument;
  }

  private Optional<String> whole() {
    String text = argument.startsWith("/") ? argument : folder + "/" + argument;
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of("/" + String.join("/", parts));
  }

  /** The last part, by which the file is called in its folder. */
  String name() {
    return argument.substring(argument.lastIndexOf('/') + 1);
  }

  /**
   * The same folder, with another name in it: nobody takes that for the file before it is whole.
   */
  String temporary(String id) {
    String before = argument.substring(0, argument.length() - name().length());
    String shown = name().length() > LONGEST_NAME ? "" : name() + ".";
    return before + "." + shown + "berth-" + id;
  }

  /** Whether a name beside it can be made without knowing how the server writes pathnames. */
  boolean canHaveTemporary(Features features) {
    return features.has("TVFS") || argument.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*");
  }
}
