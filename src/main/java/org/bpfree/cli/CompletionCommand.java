package org.bpfree.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree completion}: a script with which a shell completes commands, options and values. */
@Command(
        name = "completion",
        description =
                "Prints a completion script for a shell: of commands, options, learners, shipped files, and with --set"
                        + " of the paths of settings and their values.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(bpfree completion bash)",
            "  bpfree completion zsh > ~/.bpfree-completion && echo 'source ~/.bpfree-completion' >> ~/.zshrc",
            "  bpfree completion fish > ~/.config/fish/completions/bpfree.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that can complete. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

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
        CompletionScript script = new CompletionScript(spec.root().commandLine());
        spec.commandLine()
                .getOut()
                .print(
                        switch (shell) {
                            case BASH -> script.bash();
                            case ZSH -> script.zsh();
                            case FISH -> script.fish();
                        });
        return 0;
    }
}
