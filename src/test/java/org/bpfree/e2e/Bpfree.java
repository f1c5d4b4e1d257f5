package org.bpfree.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packaged program, started as a user starts it: {@code java -jar target/bpfree.jar} in a folder.
 *
 * @param folder the working folder of its processes
 * @param jvmOptions options before {@code -jar}
 * @param environment variables added to those of the tests
 */
record Bpfree(Path folder, List<String> jvmOptions, Map<String, String> environment) {
    static final Path JAR =
            Path.of(System.getProperty("bpfree.jar", "target/bpfree.jar")).toAbsolutePath();

    /** The program in a folder, with the options its launcher gives and without the data folder of this machine. */
    static Bpfree in(Path folder) {
        Path noData = folder.resolve("no-data");
        return new Bpfree(folder, List.of("-XX:+UseSerialGC"), Map.of("BPFREE_DATA", noData.toString()));
    }

    /** The same with more JVM options. */
    Bpfree withJvm(String... options) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(List.of(options));
        return new Bpfree(folder, all, environment);
    }

    /** The same with a JAR beside the program's on the class path, as the launcher puts it there. */
    Bpfree withPlugin(Path plugin) {
        return withJvm("-cp", JAR + File.pathSeparator + plugin);
    }

    /** The same with another data folder. */
    Bpfree withData(Path dataFolder) {
        return withVariable("BPFREE_DATA", dataFolder.toString());
    }

    /** The same with another variable in its environment. */
    Bpfree withVariable(String name, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(name, value);
        return new Bpfree(folder, jvmOptions, all);
    }

    /** Runs a command to its end. */
    Outcome run(String... arguments) {
        return start(arguments).end();
    }

    /** Starts a command in a terminal of its own; everything it shows comes to standard output. */
    RunningProgram startInTerminal(String... arguments) {
        String command = String.join(" ", commandLine(arguments));
        return RunningProgram.start(
                folder, environment, List.of("script", "--quiet", "--return", "--command", command, "/dev/null"));
    }

    /** Starts a command. */
    RunningProgram start(String... arguments) {
        return RunningProgram.start(folder, environment, commandLine(arguments));
    }

    /** Starts a command through a program that becomes it, such as {@code nohup}. */
    RunningProgram startBelow(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(commandLine(arguments));
        return RunningProgram.start(folder, environment, command);
    }

    private List<String> commandLine(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(jvmOptions.contains("-cp") ? List.of("org.bpfree.cli.Main") : List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Writes a file into the folder and returns its name. */
    String file(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }
}
