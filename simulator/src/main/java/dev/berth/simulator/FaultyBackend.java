package dev.berth.simulator;

import dev.berth.session.Backend;
import dev.berth.session.Entries;
import dev.berth.session.Entry;
import dev.berth.session.Incoming;
import dev.berth.session.Login;
import dev.berth.session.LoginRequest;
import dev.berth.session.Outgoing;
import dev.berth.session.StoreWay;
import dev.berth.session.Throttle;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.OptionalLong;

/** Another backend, with the faults of data connections. Any thread may call it. */
final class FaultyBackend implements Backend {
  private final Backend behind;
  private final DataFaults faults;

  FaultyBackend(Backend behind, DataFaults faults) {
    this.behind = behind;
    this.faults = faults;
  }

  @Override
  public Login login(LoginRequest request) throws IOException, InterruptedException {
    Login login = behind.login(request);
    return login instanceof Login.Granted(Visit visit, String account)
        ? new Login.Granted(new FaultyVisit(visit, faults), account)
        : login;
  }

  private record FaultyVisit(Visit behind, DataFaults faults) implements Visit {
    @Override
    public RemotePath home() {
      return behind.home();
    }

    @Override
    public Entry entry(RemotePath path) throws IOException {
      Entry entry = behind.entry(path);
      if (!entry.isFile() || faults.addedSize() == 0) {
        return entry;
      }
      return new Entry(
          entry.name(),
          entry.kind(),
          Math.max(0, entry.size() + faults.addedSize()),
          entry.modified(),
          entry.mode(),
          entry.links(),
          entry.owner(),
          entry.group(),
          entry.unique(),
          entry.rights());
    }

    @Override
    public Entries list(RemotePath folder) throws IOException {
      return behind.list(folder);
    }

    @Override
    public Outgoing retrieve(RemotePath file, long offset) throws IOException {
      Outgoing content = behind.retrieve(file, offset);
      return faults.leaveContent() ? content : new FaultyOutgoing(content, faults);
    }

    @Override
    public Incoming store(RemotePath file, StoreWay way) throws IOException {
      Incoming content = behind.store(file, way);
      return faults.leaveContent() ? content : new FaultyIncoming(content, faults);
    }

    @Override
    public void makeFolder(RemotePath folder) throws IOException {
      behind.makeFolder(folder);
    }

    @Override
    public void removeFolder(RemotePath folder) throws IOException {
      behind.removeFolder(folder);
    }

    @Override
    public void delete(RemotePath file) throws IOException {
      behind.delete(file);
    }

    @Override
    public void checkRenaming(RemotePath from) throws IOException {
      behind.checkRenaming(from);
    }

    @Override
    public void rename(RemotePath from, RemotePath to) throws IOException {
      behind.rename(from, to);
    }

    @Override
    public void setModified(RemotePath file, Instant modified) throws IOException {
      behind.setModified(file, modified);
    }

    @Override
    public void setMode(RemotePath file, int mode) throws IOException {
      behind.setMode(file, mode);
    }

    @Override
    public OptionalLong available(RemotePath folder) throws IOException {
      return behind.available(folder);
    }

    @Override
    public Throttle throttle() {
      return behind.throttle();
    }

    @Override
    public void close() throws IOException {
      behind.close();
    }
  }

  private static final class FaultyOutgoing implements Outgoing {
    private final Outgoing behind;
    private final ReadableByteChannel bytes;

    FaultyOutgoing(Outgoing behind, DataFaults faults) {
      this.behind = behind;
      this.bytes = new FaultyContent(faults).read(behind.bytes());
    }

    @Override
    public ReadableByteChannel bytes() {
      return bytes;
    }

    @Override
    public OptionalLong size() throws IOException {
      return behind.size();
    }

    @Override
    public void close() throws IOException {
      behind.close();
    }
  }

  private static final class FaultyIncoming implements Incoming {
    private final Incoming behind;
    private final WritableByteChannel bytes;

    FaultyIncoming(Incoming behind, DataFaults faults) {
      this.behind = behind;
      this.bytes = new FaultyContent(faults).write(behind.bytes());
    }

    @Override
    public WritableByteChannel bytes() {
      return bytes;
    }

    @Override
    public RemotePath path() {
      return behind.path();
    }

    @Override
    public void keep() throws IOException {
      behind.keep();
    }

    @Override
    public void close() throws IOException {
      behind.close();
    }
  }
}
