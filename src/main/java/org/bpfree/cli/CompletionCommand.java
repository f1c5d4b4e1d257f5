package org.bpfree.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree completion}: a script with which a shell completes commands, options and values. */
@Command(
        name = "completion",
        description = "Prints a completion script for a shell.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(bpfree completion bash)",
            "  bpfree completion zsh > ~/.bpfree-completion && echo 'source ~/.bpfree-completion' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that can complete. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Override
    public Integer call() {
        String script = AutoComplete.bash("bpfree", spec.root().commandLine());
        // One script serves both: for zsh it switches on the emulation of bash's completion, which needs compinit
        // first.
        String lead = shell == Shell.ZSH ? "autoload -U +X compinit && compinit\n" : "";
        spec.commandLine().getOut().print(lead + script);
        return 0;
    }
}
