package dev.berth.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

/** A folder that notes in which order it is written to, forced, and moved in. */
final class NotingFolder implements Folder {
  private final Folder folder;
  private final List<String> notes;

  NotingFolder(Folder folder, List<String> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  @Override
  public SeekableByteChannel file(Path name, Set<OpenOption> options, int mode) throws IOException {
    return new NotingChannel((FileChannel) folder.file(name, options, mode), notes);
  }

  @Override
  public void move(Path name, Folder target, Path newName) throws IOException {
    notes.add("move");
    folder.move(name, folder, newName);
  }

  @Override
  public void force() throws IOException {
    notes.add("force folder");
    folder.force();
  }

  @Override
  public BasicFileAttributes attributes() throws IOException {
    return folder.attributes();
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    return folder.attributes(name);
  }

  @Override
  public Details details(Path name, BasicFileAttributes attributes) throws IOException {
    return folder.details(name, attributes);
  }

  @Override
  public Folder open(Path name) throws IOException {
    return folder.open(name);
  }

  @Override
  public boolean cutsFiles() {
    return folder.cutsFiles();
  }

  @Override
  public Path linkTarget(Path name) throws IOException {
    return folder.linkTarget(name);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    notes.add("delete");
    folder.deleteFile(name);
  }

  @Override
  public void deleteFolder(Path name) throws IOException {
    folder.deleteFolder(name);
  }

  @Override
  public void makeFolder(Path name, int mode) throws IOException {
    folder.makeFolder(name, mode);
  }

  @Override
  public DirectoryStream<Path> names() throws IOException {
    return folder.names();
  }

  @Override
  public void setModified(Path name, FileTime modified) throws IOException {
    folder.setModified(name, modified);
  }

  @Override
  public void setMode(Path name, int mode) throws IOException {
    folder.setMode(name, mode);
  }

  @Override
  public Object key() throws IOException {
    return folder.key();
  }

  @Override
  public Path path() {
    return folder.path();
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
