package dev.berth.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A folder held by its descriptor: every call names a thing relative to that (openat, renameat,
 * unlinkat), so that nothing done to the pathname above it can lead elsewhere.
 *
 * <p>Three things the JDK can do only by path. A folder is made by {@link Staging}. What a link
 * holds is read by path, and only ever walked from the root again. Owner and number of names are
 * read by path too, and believed only of the thing that was found through the descriptor.
 */
final class SecureFolder implements Folder {
  private final SecureDirectoryStream<Path> stream;
  private final Path path;
  private final Staging staging;
  private final OwnerNames owners;

  SecureFolder(SecureDirectoryStream<Path> stream, Path path, Staging staging, OwnerNames owners) {
    this.stream = stream;
    this.path = path;
    this.staging = staging;
    this.owners = owners;
  }

  @Override
  public BasicFileAttributes attributes() throws IOException {
    return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
  }

  @Override
  public PosixFileAttributes attributes(Path name) throws IOException {
    return view(name).readAttributes();
  }

  private PosixFileAttributeView view(Path name) {
    return stream.getFileAttributeView(
        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Details details(Path name, BasicFileAttributes attributes) throws IOException {
    PosixFileAttributes sure = (PosixFileAttributes) attributes;
    Optional<UnixFacts> told =
        UnixFacts.at(path.resolve(name)).filter(it -> it.key().equals(sure.fileKey()));
    if (told.isEmpty()) {
      return new Details(
          Modes.number(sure.permissions()), 1, sure.owner().getName(), sure.group().getName());
    }
    UnixFacts facts = told.get();
    return new Details(
        facts.mode(),
        facts.links(),
        owners.user(facts.user(), sure),
        owners.group(facts.group(), sure));
  }

  @Override
  public Folder open(Path name) throws IOException {
    return new SecureFolder(
        stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS),
        path.resolve(name),
        staging,
        owners);
  }

  @Override
  public SeekableByteChannel file(Path name, Set<OpenOption> options, int mode) throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    return stream.newByteChannel(name, all, PosixFilePermissions.asFileAttribute(Modes.set(mode)));
  }

  @Override
  public boolean cutsFiles() {
    return true;
  }

  @Override
  public Path linkTarget(Path name) throws IOException {
    return Files.readSymbolicLink(path.resolve(name));
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    stream.deleteFile(name);
  }

  @Override
  public void deleteFolder(Path name) throws IOException {
    stream.deleteDirectory(name);
  }

  @Override
  public void move(Path name, Folder target, Path newName) throws IOException {
    stream.move(name, ((SecureFolder) target).stream, newName);
  }

  @Override
  public void makeFolder(Path name, int mode) throws IOException {
    staging.makeFolder(stream, path, name, mode);
  }

  @Override
  public DirectoryStream<Path> names() {
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return stream.iterator();
      }

      @Override
      public void close() {
        // It is the folder itself.
      }
    };
  }

  @Override
  public void setModified(Path name, FileTime modified) throws IOException {
    view(name).setTimes(modified, null, null);
  }

  @Override
  public void setMode(Path name, int mode) throws IOException {
    view(name).setPermissions(Modes.set(mode));
  }

  @Override
  public void force() throws IOException {
    try (SeekableByteChannel self =
        stream.newByteChannel(Path.of("."), Set.of(StandardOpenOption.READ))) {
      ((FileChannel) self).force(true);
    }
  }

  @Override
  public Object key() throws IOException {
    return Objects.requireNonNull(attributes().fileKey());
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
