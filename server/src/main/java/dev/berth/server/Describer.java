package dev.berth.server;

import dev.berth.session.Entry;
import dev.berth.session.Entry.Kind;
import dev.berth.session.Entry.Right;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Tells of things as listings have them, to one account. Immutable; any thread may use it. */
final class Describer {
  /** What is told of a link that leads outside: where to is nobody's business. */
  static final String OUTSIDE = "?";

  private static final Map<Permission, Set<Right>> ON_FILES =
      Map.of(
          Permission.READ, Set.of(Right.RETRIEVE),
          Permission.OVERWRITE, Set.of(Right.APPEND, Right.STORE),
          Permission.DELETE, Set.of(Right.DELETE),
          Permission.RENAME, Set.of(Right.RENAME));

  private static final Map<Permission, Set<Right>> IN_FOLDERS =
      Map.of(
          Permission.LIST, Set.of(Right.LIST),
          Permission.STORE, Set.of(Right.CREATE),
          Permission.MAKE_FOLDER, Set.of(Right.MAKE_FOLDER),
          Permission.DELETE, Set.of(Right.PURGE));

  /** On a folder that has one above it; also all that can be done to a link or a device. */
  private static final Map<Permission, Set<Right>> ON_ANYTHING =
      Map.of(
          Permission.DELETE, Set.of(Right.DELETE),
          Permission.RENAME, Set.of(Right.RENAME));

  private final Tree tree;
  private final Set<Right> onFiles;
  private final Set<Right> onFolders;
  private final Set<Right> onTop;
  private final Set<Right> onOthers;
  private final Set<Right> onParts;

  Describer(Tree tree, Account account) {
    this.tree = tree;
    this.onFiles = rights(account, ON_FILES);
    this.onTop = with(rights(account, IN_FOLDERS), Set.of(Right.ENTER));
    this.onOthers = rights(account, ON_ANYTHING);
    this.onFolders = with(onTop, onOthers);
    this.onParts = with(Set.of(Right.STORE, Right.APPEND), without(onOthers, Right.RENAME));
  }

  private static Set<Right> rights(Account account, Map<Permission, Set<Right>> table) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    new EnumMap<>(table)
        .forEach((permission, given) -> {
          if (account.may(permission)) {
            rights.addAll(given);
          }
        });
    return Set.copyOf(rights);
  }

  private static Set<Right> with(Set<Right> some, Set<Right> more) {
    Set<Right> all = EnumSet.noneOf(Right.class);
    all.addAll(some);
    all.addAll(more);
    return Set.copyOf(all);
  }

  private static Set<Right> without(Set<Right> some, Right one) {
    Set<Right> rest = EnumSet.noneOf(Right.class);
    rest.addAll(some);
    rest.remove(one);
    return Set.copyOf(rest);
  }

  /** The top; its name is empty, but for that of a link that led there. */
  Entry top(Folder top, String name) throws IOException {
    Path self = top.path().getFileSystem().getPath(".");
    BasicFileAttributes attributes = top.attributes(self);
    return entry(name, new Kind.Folder(), top.details(self, attributes), attributes, onTop);
  }

  /**
   * A thing in a folder.
   *
   * @param name under which it was found: that of a link that led there
   */
  Entry found(String name, Folder folder, Path found, BasicFileAttributes attributes)
      throws IOException {
    Kind kind = kind(folder, found, attributes);
    Set<Right> rights =
        switch (kind) {
          case Kind.File file -> onFiles;
          case Kind.Folder it -> onFolders;
          case Kind.Part part -> onParts;
          case Kind.Link link -> onOthers;
          case Kind.Other other -> onOthers;
        };
    return entry(name, kind, folder.details(found, attributes), attributes, rights);
  }

  /** What has come of a cut upload. */
  Entry part(String name, Folder folder, Path part, BasicFileAttributes attributes)
      throws IOException {
    return entry(name, new Kind.Part(), folder.details(part, attributes), attributes, onParts);
  }

  private Kind kind(Folder folder, Path found, BasicFileAttributes attributes) throws IOException {
    if (attributes.isRegularFile()) {
      return new Kind.File();
    }
    if (attributes.isDirectory()) {
      return new Kind.Folder();
    }
    if (attributes.isSymbolicLink()) {
      Path target = folder.linkTarget(found);
      return new Kind.Link(tree.staysByName(folder, target) ? text(target) : OUTSIDE);
    }
    return new Kind.Other();
  }

  private String text(Path target) {
    StringJoiner text = new StringJoiner("/");
    target.forEach(name -> text.add(tree.names().text(name)));
    return text.toString();
  }

  private static Entry entry(
      String name,
      Kind kind,
      Folder.Details details,
      BasicFileAttributes attributes,
      Set<Right> rights) {
    return new Entry(
        name,
        kind,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        details.mode(),
        details.links(),
        details.owner(),
        details.group(),
        unique(attributes.fileKey()),
        rights);
  }

  /** Of the system's key the letters and digits: it may stand in a list of facts. */
  private static String unique(@Nullable Object key) {
    if (key == null) {
      return "";
    }
    StringBuilder unique = new StringBuilder();
    String text = key.toString().replace("(dev=", "").replace("ino=", "");
    text.chars()
        .filter(c -> c == ',' || Character.isLetterOrDigit(c))
        .forEach(c -> unique.append(c == ',' ? 'i' : (char) c));
    return unique.toString();
  }
}
