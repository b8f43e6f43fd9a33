package dev.berth.cli;

import dev.berth.transfer.Journal;
import dev.berth.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/**
 * The database of files under way and of past jobs, {@code journal.db} in the state folder.
 * Confined to the thread that opened it. Every change is a transaction, so that programs at the
 * same time see whole ones.
 */
final class JournalStore implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int BUSY_MILLIS = 2000;

  /** Older jobs are forgotten, and what they left. */
  static final Duration KEPT = Duration.ofDays(90);

  private static final int MOST_JOBS = 1000;

  /** A big file that stopped may go on for so long; then its part on the server goes. */
  private static final Duration MAY_GO_ON = Duration.ofDays(7);

  private static final List<String> SCHEMA =
      List.of(
          "create table way (server text, account blob, direction text, remote blob, local blob,"
              + " temporary text, source text, token text, began integer,"
              + " primary key (server, account, direction, remote, local)) without rowid",
          "create table job (token text primary key, server text, account blob, began integer,"
              + " words blob, files integer, took integer, exit integer, failed integer,"
              + " unchanged integer, bytes integer, resumed integer) without rowid",
          "create table failure (token text, source blob, target blob, reason blob)",
          "create index failure_of_job on failure (token)",
          "pragma user_version = " + VERSION);

  /** Whose files are under way. */
  record ServerAccount(String server, String user) {}

  private final Connection connection;

  private JournalStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens it. One that is damaged, or of a later version, is set aside, and a new one begun.
   *
   * @param notes is told so
   */
  static JournalStore open(Path stateFolder, Consumer<String> notes)
      throws IOException, SQLException {
    JobFiles.makeFolder(stateFolder);
    Path file = stateFolder.resolve("journal.db");
    try {
      return opened(file);
    } catch (SQLException e) {
      if (!isDamage(e)) {
        throw e;
      }
      Path aside = stateFolder.resolve("journal.db.damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      for (String part : List.of("-wal", "-shm")) {
        Files.deleteIfExists(stateFolder.resolve("journal.db" + part));
      }
      notes.accept(
          "the journal cannot be read and is set aside as " + aside + ": " + e.getMessage());
      return opened(file);
    }
  }

  private static JournalStore opened(Path file) throws IOException, SQLException {
    JobFiles.makeFile(file);
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
    settings.setProperty("journal_mode", "WAL");
    // After a loss of power the last rows may be missing: then files start anew, and are right.
    settings.setProperty("synchronous", "NORMAL");
    JournalStore store = new JournalStore(JDBC.createConnection("jdbc:sqlite:" + file, settings));
    boolean ready = false;
    try {
      store.makeTables();
      ready = true;
      return store;
    } finally {
      if (!ready) {
        store.close();
      }
    }
  }

  private void makeTables() throws SQLException {
    if (version() == VERSION) {
      return;
    }
    begin();
    int version = version(); // another program may have been faster
    if (version != 0 && version != VERSION) {
      throw new SQLException("it is of version " + version, "", SQLiteErrorCode.SQLITE_NOTADB.code);
    }
    if (version == 0) {
      try (Statement statement = connection.createStatement()) {
        for (String line : SCHEMA) {
          statement.executeUpdate(line);
        }
      }
    }
    commit();
  }

  private int version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma user_version")) {
      return row.getInt(1);
    }
  }

  private static boolean isDamage(SQLException failure) {
    int code = failure.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_NOTADB.code
        || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
  }

  /** Begins a transaction. No other program changes anything until it ends. */
  void begin() throws SQLException {
    execute("begin immediate");
  }

  void commit() throws SQLException {
    execute("commit");
  }

  void rollback() throws SQLException {
    execute("rollback");
  }

  private void execute(String line) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(line);
    }
  }

  private PreparedStatement prepare(String line, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(line);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private int update(String line, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(line, values)) {
      return statement.executeUpdate();
    }
  }

  /** As {@link Journal#claim}, within a transaction. */
  Journal.Claim claim(
      ServerAccount account,
      Journal.Way way,
      Journal.Mark mark,
      String token,
      Predicate<String> isAlive)
      throws SQLException {
    Journal.Claim claim = new Journal.Claim.Free();
    String temporary = mark.temporary();
    try (PreparedStatement query =
            prepare("select temporary, source, token from way" + WHERE_WAY, key(account, way));
        ResultSet row = query.executeQuery()) {
      if (row.next()) {
        if (!row.getString(3).equals(token) && isAlive.test(row.getString(3))) {
          return new Journal.Claim.Unnoted();
        }
        boolean isSame = row.getString(2).equals(mark.source());
        claim = new Journal.Claim.Left(row.getString(1), isSame);
        temporary = isSame ? row.getString(1) : temporary;
      }
    }
    Object[] key = key(account, way);
    update(
        "insert or replace into way values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key[0],
        key[1],
        key[2],
        key[3],
        key[4],
        temporary,
        mark.source(),
        token,
        PastJob.micros(Instant.now()));
    return claim;
  }

  private static final String WHERE_WAY =
      " where server = ? and account = ? and direction = ? and remote = ? and local = ?";

  private static Object[] key(ServerAccount account, Journal.Way way) {
    return new Object[] {
      account.server(),
      Octets.toBytes(account.user()),
      way.direction().name(),
      Octets.toBytes(way.remote()),
      Octets.toBytes(way.local())
    };
  }

  /** As {@link Journal#done}, within a transaction. */
  void done(ServerAccount account, Journal.Way way) throws SQLException {
    update("delete from way" + WHERE_WAY, key(account, way));
  }

  /**
   * Takes a temporary file from whoever might go on with it, within a transaction.
   *
   * @return false if a job does, or one might within a week of the attempt
   */
  boolean abandon(String temporary, Predicate<String> isAlive) throws SQLException {
    long longAgo = PastJob.micros(Instant.now().minus(MAY_GO_ON));
    try (PreparedStatement query =
            prepare("select token, began from way where temporary = ?", temporary);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        if (row.getLong(2) > longAgo || isAlive.test(row.getString(1))) {
          return false;
        }
      }
    }
    update("delete from way where temporary = ?", temporary);
    return true;
  }

  /** Takes a job into the history, or what is newer of it; within a transaction. */
  void keep(PastJob job) throws SQLException {
    PastJob.End end = job.end().orElse(new PastJob.End(Duration.ZERO, 0, job.files(), 0, 0, 0, 0));
    update(
        "insert or replace into job values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.token(),
        job.server(),
        Octets.toBytes(job.account()),
        PastJob.micros(job.began()),
        Octets.toBytes(String.join("\0", job.words())),
        end.files(),
        end.took().toMillis(),
        job.end().isPresent() ? end.exitStatus() : NOT_ENDED,
        end.failed(),
        end.unchanged(),
        end.bytes(),
        end.resumedBytes());
    update("delete from failure where token = ?", job.token());
    for (PastJob.Failure failure : job.failures()) {
      update(
          "insert into failure values (?, ?, ?, ?)",
          job.token(),
          Octets.toBytes(failure.source()),
          Octets.toBytes(failure.target()),
          Octets.toBytes(failure.reason()));
    }
  }

  /** In the column of exit statuses; no process ends with it. */
  private static final int NOT_ENDED = -1;

  /** Drops what is old, within a transaction. */
  void prune(Instant now) throws SQLException {
    long oldest = PastJob.micros(now.minus(KEPT));
    update("delete from way where began < ?", oldest);
    update(
        "delete from job where began < ? or token not in"
            + " (select token from job order by began desc limit "
            + MOST_JOBS
            + ")",
        oldest);
    update("delete from failure where token not in (select token from job)");
  }

  /** All jobs that are remembered, the oldest first; without their failures. */
  List<PastJob> jobs() throws SQLException {
    List<PastJob> jobs = new ArrayList<>();
    try (PreparedStatement query = prepare("select * from job order by began, token");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        jobs.add(job(row));
      }
    }
    return jobs;
  }

  private static PastJob job(ResultSet row) throws SQLException {
    int exit = row.getInt("exit");
    Optional<PastJob.End> end =
        exit == NOT_ENDED
            ? Optional.empty()
            : Optional.of(
                new PastJob.End(
                    Duration.ofMillis(row.getLong("took")),
                    exit,
                    row.getInt("files"),
                    row.getInt("failed"),
                    row.getInt("unchanged"),
                    row.getLong("bytes"),
                    row.getLong("resumed")));
    return new PastJob(
        row.getString("token"),
        row.getString("server"),
        text(row, "account"),
        PastJob.moment(row.getLong("began")),
        List.of(text(row, "words").split("\0", -1)),
        row.getInt("files"),
        end,
        "",
        Journal.Reach.FOLDER,
        false,
        List.of());
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Octets.toText(row.getBytes(column));
  }

  /** The files of a job that did not arrive. */
  List<PastJob.Failure> failures(String token) throws SQLException {
    List<PastJob.Failure> failures = new ArrayList<>();
    try (PreparedStatement query = prepare("select * from failure where token = ?", token);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        failures.add(
            new PastJob.Failure(text(row, "source"), text(row, "target"), text(row, "reason")));
      }
    }
    return failures;
  }

  /** The files that a job had under way when it ended. */
  List<PastJob.Unfinished> unfinished(String token) throws SQLException {
    List<PastJob.Unfinished> files = new ArrayList<>();
    try (PreparedStatement query = prepare("select * from way where token = ?", token);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        boolean isUp = row.getString("direction").equals(Journal.Direction.UP.name());
        String remote = text(row, "remote");
        String local = text(row, "local");
        files.add(new PastJob.Unfinished(isUp ? local : remote, isUp ? remote : local));
      }
    }
    return files;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
