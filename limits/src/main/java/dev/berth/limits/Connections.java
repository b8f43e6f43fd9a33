package dev.berth.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the connections of this machine to the server of a budget in the kernel's tables: those to
 * an address that its name has just now, to its control port, from the budget's address. It sees
 * the network namespace of this process alone, and no session that only the server knows of.
 * Confined to one thread.
 */
final class Connections {
  private final Machine machine;
  private final BudgetName name;
  private final OpenFiles files;
  private final Map<Long, Outsider> owners = new HashMap<>();
  private final Set<Long> unowned = new HashSet<>();
  private SortedSet<Integer> ours = new TreeSet<>();
  private final Map<Integer, Outsider> theirs = new HashMap<>(); // by port

  Connections(Machine machine, BudgetName name) {
    this.machine = machine;
    this.name = name;
    this.files = new OpenFiles(machine.proc());
  }

  /** Looks once: one reading of the tables, and of who has what open if there is anything. */
  Outlook look() throws IOException {
    List<TcpSocket> all = new ArrayList<>();
    Map<InetAddress, Source> sources = new HashMap<>();
    for (InetAddress server : machine.resolver().addresses(name.host())) {
      sources.put(server, source(server));
    }
    Set<Long> open = files.ours(); // Once more after: some are closed, and some opened, meanwhile.
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (TcpSocket each : TcpSocket.read(machine.proc().resolve(table), name.port())) {
        Source source = sources.get(each.remote());
        if (source != null && source.includes(each.local())) {
          all.add(each);
        }
      }
    }
    if (all.isEmpty()) {
      return nothing();
    }
    open.addAll(files.ours());
    return outlook(all, open);
  }

  private Outlook nothing() {
    ours = new TreeSet<>();
    theirs.clear();
    owners.clear();
    unowned.clear();
    return Outlook.NOTHING;
  }

  /**
   * What was closed and not yet ended by the server is nobody's in the table: it is whose it was at
   * the last look. One that came and went since then may be our own, and counts as nobody's.
   */
  private Outlook outlook(List<TcpSocket> all, Set<Long> open) {
    SortedSet<Integer> ownPorts = new TreeSet<>();
    List<TcpSocket> rest = new ArrayList<>();
    for (TcpSocket each : all) {
      if (open.contains(each.inode()) || (each.isOrphan() && ours.contains(each.port()))) {
        ownPorts.add(each.port());
      } else if (!each.isOrphan() || theirs.containsKey(each.port())) {
        rest.add(each);
      }
    }
    ours = ownPorts;
    name(rest);
    rest.removeIf(this::mayBeGone);
    List<Outlook.Other> others = new ArrayList<>();
    for (TcpSocket each : rest) {
      others.add(new Outlook.Other(each.port(), who(each)));
    }
    theirs.clear();
    others.forEach(other -> theirs.put(other.port(), other.who()));
    return new Outlook(ownPorts, others);
  }

  /** Looks for the owners of those that are new: that is the dear part. */
  private void name(List<TcpSocket> sockets) {
    Set<Long> all = new HashSet<>();
    sockets.stream().filter(it -> !it.isOrphan()).forEach(it -> all.add(it.inode()));
    owners.keySet().retainAll(all);
    unowned.retainAll(all);
    all.removeAll(owners.keySet());
    if (!all.isEmpty()) {
      Map<Long, Outsider> found = files.owners(all);
      sockets.stream()
          .filter(it -> all.contains(it.inode()))
          .forEach(it ->
              owners.put(it.inode(), found.getOrDefault(it.inode(), new Outsider.User(it.uid()))));
    }
  }

  /**
   * Nobody has it, of all whom we may look into: it has most likely been closed since the table was
   * read, by ourselves as well. So it counts only if it is there at the next look, too.
   */
  private boolean mayBeGone(TcpSocket socket) {
    return !socket.isOrphan()
        && owners.get(socket.inode()) instanceof Outsider.User(long uid)
        && files.mayLookInto(uid)
        && unowned.add(socket.inode());
  }

  private Outsider who(TcpSocket socket) {
    Outsider who = socket.isOrphan() ? theirs.get(socket.port()) : owners.get(socket.inode());
    return who == null ? new Outsider.Unknown() : who;
  }

  private Source source(InetAddress server) throws IOException {
    if (!name.source().equals("default")) {
      return new Source.Address(InetAddress.getByName(name.source()));
    }
    // Sends nothing: the kernel tells from where it would.
    try (DatagramSocket asked = new DatagramSocket()) {
      asked.connect(new InetSocketAddress(server, name.port()));
      return new Source.Address(asked.getLocalAddress());
    } catch (SocketException | UncheckedIOException e) {
      // There is no way to it now; whoever has a connection there may have it from anywhere.
      return new Source.Any();
    }
  }

  /** From where connections count. */
  private sealed interface Source {
    record Any() implements Source {}

    record Address(InetAddress address) implements Source {}

    default boolean includes(InetAddress local) {
      return switch (this) {
        case Any any -> true;
        case Address only -> only.address().equals(local);
      };
    }
  }
}
