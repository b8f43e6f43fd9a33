package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** Files in memory, for {@code alice} and {@code bob} with the password {@code secret}. */
final class MemoryBackend implements Backend {
  private static final Instant MODIFIED = Instant.parse("2026-11-20T10:11:12Z");

  final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

  /** Files of so many zeros, which take no room here. */
  final Map<String, Long> zeros = new ConcurrentSkipListMap<>();

  final Map<String, Instant> modified = new ConcurrentSkipListMap<>();
  final Map<String, Integer> modes = new ConcurrentSkipListMap<>();
  volatile Throttle throttle = Throttle.NONE;
  volatile Supplier<Optional<Denial>> keeping = Optional::empty;
  final Set<String> folders = new ConcurrentSkipListSet<>(Set.of("/"));

  @Override
  public Login login(LoginRequest request) {
    if (request.user().equals("alice") && request.password().text().equals("secret")) {
      return new Login.Granted(new MemoryVisit(), "alice");
    }
    if (request.user().equals("bob") && request.password().text().equals("secret")) {
      return new Login.Granted(new MemoryVisit(), "bob");
    }
    return new Login.Denied("wrong-password");
  }

  private final class MemoryVisit implements Visit {
    @Override
    public RemotePath home() {
      return RemotePath.ROOT;
    }

    @Override
    public Entry entry(RemotePath path) throws Denial {
      String value = path.value();
      if (folders.contains(value)) {
        return entry(path, new Entry.Kind.Folder(), 0);
      }
      Long length = zeros.get(value);
      return entry(path, new Entry.Kind.File(), length == null ? content(path).length : length);
    }

    private byte[] content(RemotePath path) throws Denial {
      byte[] content = files.get(path.value());
      if (content == null) {
        throw new Denial(Denial.Reason.NOT_FOUND, "There is no " + path + ".");
      }
      return content;
    }

    private Entry entry(RemotePath path, Entry.Kind kind, long size) {
      return new Entry(
          path.name(),
          kind,
          size,
          modified.getOrDefault(path.value(), MODIFIED),
          modes.getOrDefault(path.value(), 0644),
          1,
          "alice",
          "users",
          "",
          EnumSet.allOf(Entry.Right.class));
    }

    @Override
    public Entries list(RemotePath folder) throws Denial {
      if (!entry(folder).isFolder()) {
        throw new Denial(Denial.Reason.NOT_A_FOLDER, folder + " is no folder.");
      }
      List<Entry> inside = new java.util.ArrayList<>();
      for (String name : folders) {
        RemotePath path = new RemotePath(name);
        if (!name.equals("/") && path.parent().equals(folder)) {
          inside.add(entry(path));
        }
      }
      for (String name : files.keySet()) {
        RemotePath path = new RemotePath(name);
        if (path.parent().equals(folder)) {
          inside.add(entry(path));
        }
      }
      Iterator<Entry> rest = inside.iterator();
      return new Entries() {
        @Override
        public Optional<Entry> next() {
          return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }

    @Override
    public Outgoing retrieve(RemotePath file, long offset) throws Denial {
      Long length = zeros.get(file.value());
      if (length != null) {
        return new Zeros(length - offset);
      }
      byte[] content = content(file);
      if (offset > content.length) {
        throw new Denial(Denial.Reason.BEYOND_END, "Beyond the end.");
      }
      byte[] rest = Arrays.copyOfRange(content, (int) offset, content.length);
      ReadableByteChannel bytes = Channels.newChannel(new java.io.ByteArrayInputStream(rest));
      return new Outgoing() {
        @Override
        public ReadableByteChannel bytes() {
          return bytes;
        }

        @Override
        public OptionalLong size() {
          return OptionalLong.of(rest.length);
        }

        @Override
        public void close() throws IOException {
          bytes.close();
        }
      };
    }

    @Override
    public Incoming store(RemotePath file, StoreWay way) throws Denial {
      byte[] before = files.getOrDefault(file.value(), new byte[0]);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      RemotePath path = way instanceof StoreWay.Unique ? new RemotePath(file.value() + ".1") : file;
      switch (way) {
        case StoreWay.Replace replace -> {}
        case StoreWay.Unique unique -> {}
        case StoreWay.Append append -> content.writeBytes(before);
        case StoreWay.From(long offset) -> {
          if (offset > before.length) {
            throw new Denial(
                Denial.Reason.BEYOND_END, "There are " + before.length + " bytes only.");
          }
          content.write(before, 0, (int) offset);
        }
      }
      return new Incoming() {
        @Override
        public WritableByteChannel bytes() {
          return Channels.newChannel(content);
        }

        @Override
        public RemotePath path() {
          return path;
        }

        @Override
        public void keep() throws Denial {
          Optional<Denial> denial = keeping.get();
          if (denial.isPresent()) {
            throw denial.get();
          }
          files.put(path.value(), content.toByteArray());
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }

    @Override
    public void makeFolder(RemotePath folder) throws Denial {
      if (!folders.add(folder.value())) {
        throw new Denial(Denial.Reason.EXISTS, folder + " is there already.");
      }
    }

    @Override
    public void removeFolder(RemotePath folder) throws Denial {
      if (!folders.remove(folder.value())) {
        throw new Denial(Denial.Reason.NOT_FOUND, "There is no " + folder + ".");
      }
    }

    @Override
    public void delete(RemotePath file) throws Denial {
      content(file);
      files.remove(file.value());
    }

    @Override
    public void checkRenaming(RemotePath from) throws Denial {
      entry(from);
    }

    @Override
    public void rename(RemotePath from, RemotePath to) throws Denial {
      files.put(to.value(), content(from));
      files.remove(from.value());
    }

    @Override
    public void setModified(RemotePath file, Instant time) throws Denial {
      content(file);
      modified.put(file.value(), time);
    }

    @Override
    public void setMode(RemotePath file, int mode) throws Denial {
      content(file);
      modes.put(file.value(), mode);
    }

    @Override
    public OptionalLong available(RemotePath folder) {
      return OptionalLong.of(1_000_000);
    }

    @Override
    public Throttle throttle() {
      return throttle;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** Zeros, as long as it is open. */
  private static final class Zeros implements Outgoing, ReadableByteChannel {
    private volatile boolean open = true;
    private long left;

    Zeros(long length) {
      left = length;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      int count = (int) Math.min(left, into.remaining());
      into.put(new byte[count]);
      left -= count;
      return count == 0 ? -1 : count;
    }

    @Override
    public ReadableByteChannel bytes() {
      return this;
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(left);
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  /** Content of some length. */
  static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    return content;
  }
}
