package org.bpfree.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The lines of fish's completion for one command. */
final class FishLines {
    private static final String SHIPPED = " -F -a '$__bpfree_names'";

    private final String path;
    private final CommandSpec command;

    /**
     * Lines for a command.
     *
     * @param path the words that lead to it; empty for {@code bpfree} itself
     */
    FishLines(String path, CommandSpec command) {
        this.path = path;
        this.command = command;
    }

    void writeTo(StringBuilder script) {
        // What holds for a group of commands does not hold for those in it.
        String here = (command.subcommands().isEmpty() ? "__bpfree_in " : "__bpfree_at ") + path;
        command.subcommands()
                .forEach((name, each) -> line(
                        script,
                        "__bpfree_at " + path,
                        " -f -a " + name
                                + described(each.getCommandSpec().usageMessage().description())));
        List<PositionalParamSpec> parameters = command.positionalParameters();
        if (parameters.isEmpty()) {
            line(script, here, " -f");
        }
        for (PositionalParamSpec parameter : parameters) {
            if (parameter.completionCandidates() != null) {
                boolean shipped = CompletionScript.takesShipped(parameter);
                line(script, here, shipped ? SHIPPED : " -f -a " + words(parameter));
            }
        }
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> line(script, here, option(option)));
    }

    private static void line(StringBuilder script, String condition, String rest) {
        script.append("complete -c bpfree -n ").append(CompletionScript.quoted(condition.strip()));
        script.append(rest).append('\n');
    }

    private static String option(OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            text.append(value(option));
        }
        return text + described(option.description());
    }

    private static String value(OptionSpec option) {
        if (CompletionScript.takesSetting(option)) {
            return " -x -a '(__bpfree_settings)'";
        } else if (CompletionScript.takesShipped(option)) {
            return " -r" + SHIPPED;
        } else if (option.completionCandidates() != null) {
            return " -x -a " + words(option);
        }
        Class<?> type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
        return type == Path.class ? " -r -F" : " -x";
    }

    private static String words(ArgSpec argument) {
        return CompletionScript.quoted(String.join(" ", argument.completionCandidates()));
    }

    /** The first sentence, without what only help texts fill in. */
    private static String described(String[] description) {
        String first = String.join(" ", description)
                .replaceFirst("[:;]? \\$\\{.*", "")
                .replaceFirst("\\. .*", "")
                .replaceFirst("[.:]$", "");
        return " -d " + CompletionScript.quoted(first);
    }
}
