package dev.berth.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code berth completion bash|zsh}: the script by which a shell completes commands and options.
 */
final class CompletionCommand implements Command {
  @Override
  public String name() {
    return "completion";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "bash|zsh",
            List.of("Write a script that completes commands and options in a shell."),
            List.of(
                "In ~/.bashrc, or in ~/.zshrc with zsh:",
                "berth completion bash > ~/.berth-completion && . ~/.berth-completion"));
    spec.addPositional(HelpTexts.argument("SHELL", "0", "1", "bash or zsh."));
    OptionTable.addToLocalCommand(spec);
    return spec;
  }

  @Override
  public boolean describesOthers() {
    return true;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) {
    String shell = arguments.matchedPositionalValue(0, "");
    String script = AutoComplete.bash("berth", context.program().commandLine());
    String begin =
        switch (shell) {
          case "bash" -> "";
          // The script turns on bashcompinit by itself; compinit has to have run before.
          case "zsh" -> "autoload -U +X compinit && compinit\n";
          default ->
              throw new UsageException(
                  "no completion for '" + Shown.line(shell) + "': bash or zsh");
        };
    context.surroundings().out().print(begin + script);
    return ExitStatus.DONE;
  }
}
