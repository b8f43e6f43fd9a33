package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.session.Incoming;
import dev.berth.session.StoreWay;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uploads that run, of all accounts: at most one for a name. Where the bytes of each go, by
 * what is there already. Any thread may call it.
 */
final class Uploads {
  private static final int MOST_NAMES = 1000;

  /**
   * A name in a folder, however one came there.
   *
   * @param folder its key
   * @param part the name of the temporary file
   */
  private record Held(Object folder, String part) {}

  private final Sync sync;
  private final Set<Held> held = ConcurrentHashMap.newKeySet();

  Uploads(Sync sync) {
    this.sync = sync;
  }

  /** Begins to store a file; ended and closed by the caller. */
  Incoming begin(Home home, Account account, RemotePath file, StoreWay way) throws IOException {
    if (file.equals(RemotePath.ROOT)) {
      throw Denials.notAFile();
    }
    home.tree().names().newPath(file.name());
    return switch (way) {
      case StoreWay.Unique unique -> unique(home, account, file);
      case StoreWay.Replace replace -> named(home, account, file, way);
      case StoreWay.From from -> named(home, account, file, way);
      case StoreWay.Append append -> named(home, account, file, way);
    };
  }

  private Incoming unique(Home home, Account account, RemotePath file) throws IOException {
    for (int number = 0; number < MOST_NAMES; number++) {
      RemotePath name = number == 0 ? file : new RemotePath(file.value() + "." + number);
      Optional<Incoming> begun = ifFree(home, account, name);
      if (begun.isPresent()) {
        return begun.get();
      }
    }
    throw Denials.taken();
  }

  private Optional<Incoming> ifFree(Home home, Account account, RemotePath name)
      throws IOException {
    Spot spot = home.tree().findItself(name);
    boolean begun = false;
    try {
      if (spot.isTop() || spot.found().isPresent() || part(home, spot).isPresent()) {
        return Optional.empty();
      }
      Store store = new Store(home, account, name, spot);
      if (!hold(store.held())) {
        return Optional.empty();
      }
      Incoming incoming = orRelease(store.held(), () -> store.again().fresh(new StoreWay.Unique()));
      begun = true;
      return Optional.of(incoming);
    } finally {
      if (!begun) {
        spot.close();
      }
    }
  }

  private Incoming named(Home home, Account account, RemotePath file, StoreWay way)
      throws IOException {
    Spot spot = home.tree().find(file);
    boolean begun = false;
    try {
      refuse(account, spot);
      Store store = new Store(home, account, file, spot);
      if (!hold(store.held())) {
        throw Denials.busy();
      }
      Incoming incoming = orRelease(store.held(), () -> openAgain(store, way));
      begun = true;
      return incoming;
    } finally {
      if (!begun) {
        spot.close();
      }
    }
  }

  /** What has come there before the name was held is judged as well. */
  private static Incoming openAgain(Store store, StoreWay way) throws IOException {
    Store now = store.again();
    refuse(now.account, now.spot);
    return now.open(way);
  }

  private static void refuse(Account account, Spot spot) throws Denial {
    if (spot.isTop()) {
      throw Denials.notAFile();
    }
    Optional<BasicFileAttributes> found = spot.found();
    if (found.isPresent() && !found.get().isRegularFile()) {
      throw found.get().isSymbolicLink() ? Denials.notPermitted() : Denials.notAFile();
    }
    if (!account.may(found.isPresent() ? Permission.OVERWRITE : Permission.STORE)) {
      throw Denials.notPermitted();
    }
  }

  private boolean hold(Held name) {
    return held.add(name);
  }

  private Incoming orRelease(Held name, Denials.Deed<Incoming> opening) throws IOException {
    boolean opened = false;
    try {
      Incoming incoming = opening.run();
      opened = true;
      return incoming;
    } finally {
      if (!opened) {
        held.remove(name);
      }
    }
  }

  /** What has come of a cut upload to a name, or comes of a running one; nothing if nothing. */
  Optional<BasicFileAttributes> part(Home home, Spot spot) throws IOException {
    return spot.folder()
        .find(home.tree().names().part(spot.name()))
        .filter(BasicFileAttributes::isRegularFile);
  }

  /** Deletes what has come of a cut upload; whether there was any. */
  boolean deletePart(Home home, Spot spot) throws IOException {
    return deletePart(home, spot.folder(), home.tree().names().part(spot.name()));
  }

  /**
   * Deletes a temporary file, unless an upload that runs has it.
   *
   * @throws Denial if one has
   */
  boolean deletePart(Home home, Folder folder, Path part) throws IOException {
    Held name = new Held(folder.key(), part.toString());
    if (!hold(name)) {
      throw Denials.busy();
    }
    try {
      Optional<BasicFileAttributes> gone = folder.find(part);
      if (gone.isPresent()) {
        folder.deleteFile(part);
        home.usage().change(new Usage.Amount(-gone.get().size(), -1));
      }
      return gone.isPresent();
    } finally {
      held.remove(name);
    }
  }

  /** One that begins: the name is held, and all is looked at. Confined to one thread. */
  private final class Store {
    private final Home home;
    private final Account account;
    private final RemotePath file;
    private final Spot spot;
    private final Path part;
    private final Held held;

    Store(Home home, Account account, RemotePath file, Spot spot) throws IOException {
      this.home = home;
      this.account = account;
      this.file = file;
      this.spot = spot;
      this.part = home.tree().names().part(spot.name());
      this.held = new Held(spot.folder().key(), part.toString());
    }

    private Store(Store before, Spot now) {
      this.home = before.home;
      this.account = before.account;
      this.file = before.file;
      this.spot = now;
      this.part = before.part;
      this.held = before.held;
    }

    Held held() {
      return held;
    }

    /** The same, seen now that nobody else stores there. */
    Store again() throws IOException {
      return new Store(this, spot.again());
    }

    Incoming open(StoreWay way) throws IOException {
      return switch (way) {
        case StoreWay.From(long offset) when offset > 0 -> from(offset);
        case StoreWay.Append append -> append();
        case StoreWay.From from -> fresh(new StoreWay.Replace());
        case StoreWay.Replace replace -> fresh(replace);
        case StoreWay.Unique unique -> fresh(unique);
      };
    }

    /** From nothing, under a temporary name; what an earlier upload left goes. */
    Incoming fresh(StoreWay way) throws IOException {
      return upload(way).start(0);
    }

    private Incoming from(long offset) throws IOException {
      Optional<BasicFileAttributes> goesOn = goesOn();
      long size = goesOn.or(spot::found).map(BasicFileAttributes::size).orElse(0L);
      if (offset > size) {
        throw Denials.beyondEnd(size);
      }
      Upload upload = upload(new StoreWay.From(offset));
      return goesOn.isPresent() ? upload.goOn(size, offset) : upload.start(offset);
    }

    private Incoming append() throws IOException {
      if (spot.found().isPresent()) {
        return upload(new StoreWay.Append()).append();
      }
      Optional<BasicFileAttributes> goesOn = goesOn();
      if (goesOn.isPresent()) {
        long size = goesOn.get().size();
        return upload(new StoreWay.Append()).goOn(size, size);
      }
      return fresh(new StoreWay.Replace());
    }

    /** Of a name that nothing has, and of which part has come: only who may overwrite goes on. */
    private Optional<BasicFileAttributes> goesOn() throws IOException {
      return spot.found().isEmpty() && account.may(Permission.OVERWRITE)
          ? part(home, spot)
          : Optional.empty();
    }

    private Upload upload(StoreWay way) {
      return new Upload(
          new Upload.Order(home, account, file, spot, part, way, sync),
          () -> Uploads.this.held.remove(held));
    }
  }
}
