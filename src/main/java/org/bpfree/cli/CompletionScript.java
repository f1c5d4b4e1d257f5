package org.bpfree.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.SettingIndex;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Scripts with which shells complete commands, options and values: made from the command line's model and the index of settings. */
final class CompletionScript {
    private static final String POSITION_IN_LIST = "(.*\\.)?N(\\..*)?";

    private final CommandLine bpfree;

    CompletionScript(CommandLine bpfree) {
        this.bpfree = bpfree;
    }

    /** For bash. */
    String bash() {
        return AutoComplete.bash("bpfree", bpfree) + filled("settings.sh", String.join("\n", settings()));
    }

    /** For zsh, which emulates bash's completion; that needs compinit first. */
    String zsh() {
        return "autoload -U +X compinit && compinit\n" + bash() + filled("zsh.sh", "");
    }

    /** For fish. */
    String fish() {
        String quoted = settings().stream().map(CompletionScript::quoted).collect(Collectors.joining(" "));
        StringBuilder script = new StringBuilder(filled("fish.fish", quoted));
        commands().forEach((path, command) -> new FishLines(path, command).writeTo(script));
        return script.toString();
    }

    /** In single quotes, as all these shells read them. */
    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Whether the value of an option begins with the path of a setting. */
    static boolean takesSetting(ArgSpec option) {
        return option.paramLabel().startsWith("PATH=");
    }

    /** Whether the value is a file or the name of one that comes with bpfree. */
    static boolean takesShipped(ArgSpec argument) {
        return argument.completionCandidates() instanceof ShippedNames;
    }

    private String filled(String resource, String settings) {
        Set<String> settingOptions = new LinkedHashSet<>();
        Set<String> fileOptions = new LinkedHashSet<>();
        List<String> fileCommands = new ArrayList<>();
        commands().forEach((path, command) -> {
            for (OptionSpec option : command.options()) {
                if (takesSetting(option)) {
                    settingOptions.addAll(List.of(option.names()));
                } else if (takesShipped(option)) {
                    fileOptions.addAll(List.of(option.names()));
                }
            }
            if (command.positionalParameters().stream().anyMatch(CompletionScript::takesShipped)) {
                fileCommands.add("*' " + path + " '*");
            }
        });
        return text(resource)
                .replace("@settingOptions@", String.join(" | ", settingOptions))
                .replace("@fileOptions@", String.join(" | ", fileOptions))
                .replace("@fileCommands@", String.join(" | ", fileCommands))
                .replace("@names@", String.join(" ", new ShippedNames()))
                .replace("@settings@", settings);
    }

    /** A line a setting: its path, and behind a bar its values, separated by blanks. Items of lists have no path that is known. */
    private static List<String> settings() {
        return new SettingIndex(InstalledTypes.find())
                .choices().entrySet().stream()
                        .filter(setting -> !setting.getKey().matches(POSITION_IN_LIST))
                        .map(setting -> setting.getKey() + "|" + String.join(" ", setting.getValue()))
                        .toList();
    }

    /** All commands by the words that lead to them; those of {@code bpfree} itself have none. */
    private Map<String, CommandSpec> commands() {
        Map<String, CommandSpec> found = new TreeMap<>();
        collect(bpfree, "", found);
        return found;
    }

    private static void collect(CommandLine command, String path, Map<String, CommandSpec> found) {
        found.put(path, command.getCommandSpec());
        command.getSubcommands().forEach((name, each) -> collect(each, (path + " " + name).strip(), found));
    }

    private static String text(String resource) {
        try (InputStream in = CompletionScript.class.getResourceAsStream("completion/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
