package dev.berth.transfer;

/**
 * What a mirror moves, and what it removes.
 *
 * @param rules what is left out on both sides: it is neither moved nor removed, nor are its folders
 *     looked into
 * @param links what becomes of symbolic links
 * @param choice which files are moved
 * @param deletion what becomes of things that only the target has
 */
public record MirrorSettings(PathRules rules, Links links, Choice choice, Deletion deletion) {
  /** What becomes of symbolic links. */
  public enum Links {
    /** They are passed over, and told. No link leads a mirror out of its folder so. */
    SKIP,
    /** What they lead to is moved, as if it stood there; a link that leads in a circle is not. */
    FOLLOW,
    /**
     * From a server: they are made here, unless they lead out of the target. To a server: as {@link
     * #SKIP}, for FTP makes no links.
     */
    COPY
  }

  /** Which files are moved. */
  public enum Choice {
    /** Those that differ in size or time. */
    DIFFERENT,
    /** Of those only the ones that the target lacks, or has in an older version. */
    NEWER
  }

  /** What becomes of files, links and folders that only the target has. */
  public sealed interface Deletion {
    /** They stay. */
    record Nothing() implements Deletion {}

    /** They are removed, unless the source has nothing at all: that is more likely a mistake. */
    record Everything() implements Deletion {}

    /**
     * They are removed if they are no more than so many, else none is.
     *
     * @param most 0 or more
     */
    record AtMost(int most) implements Deletion {
      public AtMost {
        if (most < 0) {
          throw new IllegalArgumentException("a number of things is not negative: " + most);
        }
      }
    }
  }

  /** Moves what differs, passes links over, removes nothing. */
  public static MirrorSettings standard() {
    return new MirrorSettings(
        PathRules.all(), Links.SKIP, Choice.DIFFERENT, new Deletion.Nothing());
  }

  /** The same with other rules. */
  public MirrorSettings with(PathRules other) {
    return new MirrorSettings(other, links, choice, deletion);
  }

  /** The same with other links. */
  public MirrorSettings with(Links other) {
    return new MirrorSettings(rules, other, choice, deletion);
  }

  /** The same with another choice. */
  public MirrorSettings with(Choice other) {
    return new MirrorSettings(rules, links, other, deletion);
  }

  /** The same with another deletion. */
  public MirrorSettings with(Deletion other) {
    return new MirrorSettings(rules, links, choice, other);
  }

  /** Whether anything may be removed. */
  boolean deletes() {
    return !(deletion instanceof Deletion.Nothing);
  }
}
