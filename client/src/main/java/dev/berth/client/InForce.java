package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.PathnameReply;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is set on one connection: its working folder, and its representation type. It is set only
 * where it differs. Confined to the connection's thread.
 */
final class InForce {
  private static final Command PWD = Command.of("PWD");

  /** Longer than any server's; longer ones would fit into no CWD. */
  private static final int LONGEST_FOLDER = 4096;

  private final FtpConnection connection;
  private @Nullable String folder; // null: not known
  private @Nullable Character type = 'I'; // null: not known; the login sets it

  InForce(FtpConnection connection) {
    this.connection = connection;
  }

  /** The server has told that this is the working folder. */
  void isIn(String told) {
    folder = told;
  }

  /** Its name may mean another one by now. */
  void forgetFolder() {
    folder = null;
  }

  /** Commands that go in one packet where the server takes that. */
  private Bundle bundle() {
    return new Bundle(connection.dialogue(), connection.traits().takesCommandsAhead());
  }

  /** What has to be said for a setting; more may be added. */
  Bundle bundle(Setting setting) {
    Bundle bundle = bundle();
    addType(bundle, setting.type());
    if (setting.folder().isPresent()) {
      addFolder(
          bundle,
          setting.folder().get(),
          setting.isFolderNeeded() ? Bundle.WhenRefused.FAIL : Bundle.WhenRefused.GO_ON);
    }
    return bundle;
  }

  private void addType(Bundle bundle, char wanted) {
    if (type != null && type == wanted) {
      return;
    }
    type = null;
    bundle.add(
        Command.of("TYPE", String.valueOf(wanted)),
        Bundle.WhenRefused.FAIL,
        reply -> {
          if (reply.isCompletion()) {
            type = wanted;
          }
        });
  }

  private void addFolder(Bundle bundle, String wanted, Bundle.WhenRefused whenRefused) {
    if (wanted.equals(folder)) {
      return;
    }
    folder = null;
    bundle.add(
        Command.of("CWD", wanted),
        whenRefused,
        reply -> {
          if (reply.isCompletion()) {
            folder = wanted;
          }
        });
  }

  /** As {@link Passage#useType}. */
  void useType(char wanted) throws IOException {
    Bundle bundle = bundle();
    addType(bundle, wanted);
    bundle.run();
  }

  /** As {@link Passage#enter}. */
  void enter(String wanted) throws IOException {
    Bundle bundle = bundle();
    addFolder(bundle, wanted, Bundle.WhenRefused.FAIL);
    bundle.run();
  }

  /** As {@link Passage#change(Command)}. */
  Reply change(Command command) throws IOException {
    Bundle bundle = bundle();
    addChange(bundle, command);
    return bundle.run().getLast();
  }

  /** As {@link Passage#change(Command, Setting)}. */
  Reply change(Command command, Setting setting) throws IOException {
    Bundle bundle = bundle(setting);
    int at = bundle.size();
    addChange(bundle, command);
    addQuestion(bundle);
    return bundle.run().get(at);
  }

  private void addChange(Bundle bundle, Command command) {
    bundle.add(
        command,
        Bundle.WhenRefused.STOP,
        reply -> {
          if (!reply.isNegative()) {
            folder = null;
          }
        });
  }

  /** As {@link Passage#folder}. */
  String folder() throws IOException {
    return folder == null ? askFolder() : folder;
  }

  /** As {@link Passage#askFolder}. */
  String askFolder() throws IOException {
    folder = null;
    Bundle bundle = bundle();
    addQuestion(bundle);
    bundle.run();
    return Objects.requireNonNull(folder, "a completed PWD tells one");
  }

  private void addQuestion(Bundle bundle) {
    bundle.add(
        PWD,
        Bundle.WhenRefused.FAIL,
        reply -> {
          if (reply.isCompletion()) {
            folder = told(reply);
          }
        });
  }

  private String told(Reply reply) throws ProtocolException {
    try {
      String told = PathnameReply.pathname(reply);
      if (told.length() > LONGEST_FOLDER) {
        throw new ProtocolException("a folder of " + told.length() + " characters");
      }
      return told;
    } catch (ProtocolException e) {
      connection.dialogue().spoil();
      throw e;
    }
  }
}
