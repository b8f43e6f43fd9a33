package dev.berth.cli;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    Surroundings surroundings = Surroundings.ofProcess();
    Interruption interruption = Interruption.armed(Thread.currentThread());
    Engine engine = interruption.guarding(new FtpEngine());
    Program program = new Program(Commands.all(engine), surroundings);
    ExitStatus status = program.run(arguments);
    interruption.disarm();
    System.exit(status.number());
  }
}
