package org.bpfree.cli.console;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfree.binding.Nearest;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.SettingIndex;
import org.bpfree.experiment.ShippedFiles;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What somebody meant by an argument that a command does not know but that other tools would. */
final class ArgumentHint {
    private ArgumentHint() {}

    /** The option to write instead, if the command has one that fits. */
    static Optional<String> of(List<String> unmatched, CommandSpec command) {
        String argument = unmatched.get(0);
        boolean option = argument.startsWith("-");
        if (!option && argument.matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*=.*") && command.findOption("--set") != null) {
            return Optional.of("Write --set '" + argument + "'.");
        }
        if (!option && command.findOption("--config") != null && isExperiment(argument)) {
            return Optional.of("Write --config " + argument + ".");
        }
        return option && command.findOption("--set") != null ? setting(argument, unmatched) : Optional.empty();
    }

    /** The file among the arguments of a command whose {@code --config} is missing. */
    static Optional<String> ofMissing(MissingParameterException missing, List<String> arguments) {
        boolean config = missing.getMissing().stream()
                .anyMatch(each -> each instanceof OptionSpec option
                        && option.longestName().equals("--config"));
        return arguments.stream()
                .filter(argument -> config && !argument.startsWith("-") && isExperiment(argument))
                .findFirst()
                .map(file -> "Write --config " + file + ".");
    }

    /** Whether an argument names an experiment: a file by its ending, or one that comes with bpfree. */
    private static boolean isExperiment(String argument) {
        return argument.matches(".*\\.ya?ml")
                || argument.matches("[A-Za-z0-9/.-]+")
                        && ShippedFiles.find(Path.of(argument)).isPresent();
    }

    private static Optional<String> setting(String option, List<String> unmatched) {
        String[] parts = option.replaceFirst("^-+", "").split("=", 2);
        String name = camelCase(parts[0]);
        List<String> paths = new SettingIndex(InstalledTypes.find())
                .find(Nearest.calledHere(name)).stream()
                        .map(SettingIndex.Entry::path)
                        .filter(path -> !path.contains(".N."))
                        .distinct()
                        .sorted(Comparator.comparingLong(
                                path -> path.chars().filter(c -> c == '.').count()))
                        .toList();
        String value = parts.length > 1 ? parts[1] : unmatched.size() > 1 ? unmatched.get(1) : "VALUE";
        return paths.isEmpty() ? Optional.empty() : Optional.of("Write --set " + paths.get(0) + "=" + value + ".");
    }

    /** {@code batch-size} as settings are written. */
    private static String camelCase(String option) {
        StringBuilder name = new StringBuilder();
        for (String word : option.split("[-_]")) {
            name.append(
                    name.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
