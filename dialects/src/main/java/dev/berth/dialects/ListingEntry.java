package dev.berth.dialects;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a server's listing says about one file or folder. Immutable; made by {@link ListingParser},
 * or by {@link #named} where a listing is to be written.
 *
 * <p>The name is the server's: whether it is safe to use as a local name is not judged here.
 */
public final class ListingEntry {
  /** The longest name and the longest link target, in characters: Linux's PATH_MAX. */
  public static final int MAX_NAME = 4096;

  /** What kind of thing is listed. */
  public enum Type {
    /** A file with contents. */
    FILE,
    /** A folder (directory). */
    FOLDER,
    /** A symbolic link, to whatever there may be. */
    LINK,
    /** A device, a socket, a pipe, or a kind that the server does not tell. */
    OTHER
  }

  private record Fields(
      String name,
      Type type,
      @Nullable Long sizeBytes,
      @Nullable Modified modified,
      @Nullable String permissions,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String target) {}

  private final Fields fields;

  private ListingEntry(Fields fields) {
    this.fields = fields;
  }

  /**
   * Starts an entry of which no more is known yet.
   *
   * @param name 1 to {@link #MAX_NAME} characters
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static Builder named(String name, Type type) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("a name has 1 to 4096 characters: " + name.length());
    }
    return new Builder(name, type);
  }

  /** The name in its folder; from MLST the pathname as the server gave it. Never empty. */
  public String name() {
    return fields.name();
  }

  /** The same with other names, for itself and where it points to. */
  public ListingEntry withNames(UnaryOperator<String> names) {
    String name = names.apply(fields.name());
    String target = fields.target() == null ? null : names.apply(fields.target());
    return name.equals(fields.name()) && Objects.equals(target, fields.target())
        ? this
        : new ListingEntry(
            new Fields(
                name,
                fields.type(),
                fields.sizeBytes(),
                fields.modified(),
                fields.permissions(),
                fields.owner(),
                fields.group(),
                target));
  }

  /** What kind of thing it is. */
  public Type type() {
    return fields.type();
  }

  /**
   * The size in bytes, if listed; not negative. A folder's says nothing about its contents; a
   * link's is the length of its target.
   */
  public OptionalLong sizeBytes() {
    Long size = fields.sizeBytes();
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** When its contents were last changed, if listed. */
  public Optional<Modified> modified() {
    return Optional.ofNullable(fields.modified());
  }

  /**
   * Who may do what, if listed: nine characters as of {@code ls}, without the type and marks
   * ({@code rw-r--r--}); from a server that gives only the fact {@code perm}, its letters (RFC 3659
   * section 7.5.5: {@code adfrw}). Letters of {@code perm} contain neither a hyphen nor an x.
   */
  public Optional<String> permissions() {
    return Optional.ofNullable(fields.permissions());
  }

  /** The owner's name or number, if listed. */
  public Optional<String> owner() {
    return Optional.ofNullable(fields.owner());
  }

  /** The group's name or number, if listed. */
  public Optional<String> group() {
    return Optional.ofNullable(fields.group());
  }

  /** Where a link points to, in the server's words, if listed. */
  public Optional<String> target() {
    return Optional.ofNullable(fields.target());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListingEntry entry && fields.equals(entry.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** All that is known, for logs and test failures. */
  @Override
  public String toString() {
    return "ListingEntry" + fields.toString().substring("Fields".length());
  }

  /** Collects what is known of an entry. Confined to one thread. */
  public static final class Builder {
    private final String name;
    private final Type type;
    private @Nullable Long sizeBytes;
    private @Nullable Modified modified;
    private @Nullable String permissions;
    private @Nullable String owner;
    private @Nullable String group;
    private @Nullable String target;

    private Builder(String name, Type type) {
      this.name = Objects.requireNonNull(name);
      this.type = Objects.requireNonNull(type);
    }

    /**
     * Sets the size in bytes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder size(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("a size is not negative: " + bytes);
      }
      sizeBytes = bytes;
      return this;
    }

    /** Sets the time of the last change. */
    public Builder modified(Modified time) {
      modified = time;
      return this;
    }

    /** Sets the permissions, in the form that {@link ListingEntry#permissions} describes. */
    public Builder permissions(String text) {
      permissions = text;
      return this;
    }

    /** Sets the owner's name or number. */
    public Builder owner(String text) {
      owner = text;
      return this;
    }

    /** Sets the group's name or number. */
    public Builder group(String text) {
      group = text;
      return this;
    }

    /** Sets where the link points to. */
    public Builder target(String text) {
      target = text;
      return this;
    }

    /** The entry with what was set so far. */
    public ListingEntry build() {
      return new ListingEntry(
          new Fields(name, type, sizeBytes, modified, permissions, owner, group, target));
    }
  }
}
