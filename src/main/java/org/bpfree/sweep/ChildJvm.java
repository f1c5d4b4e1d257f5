package org.bpfree.sweep;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts this program once more: the same Java, options and class path. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * The words of the command.
     *
     * @param properties options such as {@code -Dname=value}, which win over those of this process
     * @param mainClass where it begins
     * @param arguments of the program
     */
    public static List<String> command(List<String> properties, Class<?> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib:")) // a debugger's port can be opened only once
                .forEach(command::add);
        command.addAll(properties);
        command.addAll(List.of("-cp", absoluteClassPath(), mainClass.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
