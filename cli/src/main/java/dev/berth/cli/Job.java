package dev.berth.cli;

import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.Housekeeping;
import dev.berth.transfer.Jobs;
import dev.berth.transfer.MirrorSettings;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** What is to be done with files on one server, as the command line asks for it. */
sealed interface Job {
  /** The server on the other side. */
  Server server();

  /** On what terms. */
  Terms terms();

  /**
   * One file from the server: {@code berth get}.
   *
   * @param source names a file
   * @param target an existing folder to put it into, else the name it gets
   */
  record Get(Server server, Terms terms, RemoteLocation source, Path target) implements Job {}

  /**
   * Files to the server: {@code berth put}.
   *
   * @param sources at least one; each may be missing, which fails that file alone
   * @param target a folder to put them into, else the name that the only source gets
   * @param isIntoFolder whether the target can only be a folder; else the server knows
   */
  record Put(
      Server server, Terms terms, List<Path> sources, RemoteLocation target, boolean isIntoFolder)
      implements Job {
    public Put {
      sources = List.copyOf(sources);
    }
  }

  /** A folder of the server made equal here: {@code berth mirror URL FOLDER}. */
  record MirrorDown(
      Server server, Terms terms, RemoteLocation source, Path target, MirrorSettings mirror)
      implements Job {}

  /** A folder of ours made equal on the server: {@code berth mirror FOLDER URL}. */
  record MirrorUp(
      Server server, Terms terms, Path source, RemoteLocation target, MirrorSettings mirror)
      implements Job {}

  /**
   * Files of the server to be written out, one after the other: {@code berth cat}.
   *
   * @param target fails for good once nobody takes any more
   */
  record Show(Server server, Terms terms, List<RemoteLocation> sources, WritableByteChannel target)
      implements Job {
    public Show {
      sources = List.copyOf(sources);
    }
  }

  /**
   * What the server knows of single files and folders: {@code berth stat}.
   *
   * @param found takes each that there is, in the order of the places
   */
  record Stat(
      Server server,
      Terms terms,
      List<RemoteLocation> places,
      BiConsumer<RemotePath, ListingEntry> found)
      implements Job {
    public Stat {
      places = List.copyOf(places);
    }
  }

  /** Files and folders of the server to be removed: {@code berth rm}. */
  record Remove(Server server, Terms terms, List<RemoteLocation> places, Housekeeping.Removing how)
      implements Job {
    public Remove {
      places = List.copyOf(places);
    }
  }

  /** Folders to be made on the server: {@code berth mkdir}. */
  record MakeFolders(
      Server server, Terms terms, List<RemoteLocation> folders, Housekeeping.Parents parents)
      implements Job {
    public MakeFolders {
      folders = List.copyOf(folders);
    }
  }

  /**
   * Files and folders to be renamed on the server: {@code berth mv}.
   *
   * @param target a folder to put them into, else the name that the only source gets
   * @param shape whether the target can only be a folder; else the server knows
   */
  record Rename(
      Server server,
      Terms terms,
      List<RemoteLocation> sources,
      RemoteLocation target,
      Jobs.Target shape,
      Housekeeping.Existing existing)
      implements Job {
    public Rename {
      sources = List.copyOf(sources);
    }
  }

  /** What it does. */
  default Deed deed() {
    return switch (this) {
      case Get _, Put _, MirrorDown _, MirrorUp _ -> Deed.TRANSFER;
      case Show _ -> Deed.SHOW;
      case Stat _ -> Deed.STAT;
      case Remove _ -> Deed.REMOVE;
      case MakeFolders _ -> Deed.MAKE;
      case Rename _ -> Deed.RENAME;
    };
  }
}
