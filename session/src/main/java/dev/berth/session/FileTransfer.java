package dev.berth.session;

import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/**
 * The transfer of a file, or of a listing, of ours. Made for one command, on the session's thread.
 */
final class FileTransfer {
  private final Session session;
  private final String verb;
  private final String path;
  private final ByteMover mover;
  private final DataEnding ending;
  private final DataTransfer transfer;

  FileTransfer(Session session, String verb, String path) {
    this.session = session;
    this.verb = verb;
    this.path = path;
    this.mover = new ByteMover(session);
    this.ending = new DataEnding(session);
    this.transfer = new DataTransfer(session, verb, path, mover::moved);
  }

  /** As of {@link DataTransfer}. */
  boolean isReady() throws IOException {
    return transfer.isReady();
  }

  /**
   * Sends.
   *
   * @param isText whether it has its line ends already, whatever the type: a listing
   */
  void send(Outgoing content, boolean isText) throws IOException, InterruptedException {
    OptionalLong size = content.size();
    // Many clients read the size out of the brackets.
    boolean isChanged =
        isText
            || session.state().type == RepresentationType.ASCII
            || session.state().mode == TransferMode.DEFLATE;
    String bytes = size.isPresent() && !isChanged ? " (" + size.getAsLong() + " bytes)" : "";
    run(
        beginning(bytes),
        data -> {
          if (content.bytes() instanceof FileChannel file && !isChanged) {
            mover.sendFile(data, file, size);
          } else {
            mover.sendBytes(data, content.bytes(), isText);
          }
          ending.endOutput(data);
        });
  }

  /** Receives; the file is kept only if all of it has come. */
  void receive(Incoming content, StoreWay way) throws IOException, InterruptedException {
    // RFC 1123 section 4.1.2.9 has this form for STOU.
    boolean isNamedHere = way instanceof StoreWay.Unique;
    run(
        isNamedHere ? "FILE: " + content.path().value() : beginning(""),
        data -> {
          try (IncomingBytes bytes = IncomingBytes.of(content, session.state())) {
            mover.receiveBytes(data, bytes);
            ending.requireWhole(data);
            bytes.finish();
          }
          content.keep();
          ending.endInput(data);
        });
  }

  /** What is done with a data connection that is ready. */
  @FunctionalInterface
  private interface Moving {
    void move(DataConnection data) throws IOException, InterruptedException;
  }

  private void run(String announcement, Moving moving) throws IOException, InterruptedException {
    transfer.run(
        new DataTransfer.Course() {
          @Override
          public Reply begin(CommandReader.Attention attention) {
            return Reply.of(150, announcement);
          }

          @Override
          public Reply move(DataConnection data) throws IOException, InterruptedException {
            moving.move(data);
            return Reply.of(226, "Done: " + mover.moved() + " bytes.");
          }
        });
  }

  private String beginning(String detail) {
    return verb + " of " + path + detail + " begins, type " + session.state().type.letter() + ".";
  }
}
