package org.bpfree.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.bpfree.files.Json;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
    private static final String RESOURCE = "/bpfree-build.properties";
    private static final int SHORT_COMMIT = 10;

    private final CommandLine command;

    /** What a command prints. */
    VersionProvider(CommandLine command) {
        this.command = command;
    }

    @Override
    public String[] getVersion() {
        ParseResult parsed = command.getCommandSpec().root().commandLine().getParseResult();
        return parsed != null && parsed.originalArgs().contains("--json") ? new String[] {json()} : lines();
    }

    private static String json() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bpfree", version());
        facts.put("commit", commit());
        facts.put("uncommittedChanges", dirty());
        facts.put("jvm", System.getProperty("java.vm.name"));
        facts.put("java", System.getProperty("java.runtime.version"));
        facts.put("vendor", System.getProperty("java.vendor"));
        facts.put("system", System.getProperty("os.name"));
        facts.put("systemVersion", System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        BackendVersion.facts().forEach(facts::put);
        return Json.line(facts);
    }

    private static String[] lines() {
        List<String> lines = new ArrayList<>();
        lines.add("bpfree " + version() + " (commit " + commit() + (dirty() ? ", with uncommitted changes" : "") + ")");
        lines.add("JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                + System.getProperty("java.vendor"));
        lines.add("System: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        lines.addAll(BackendVersion.lines());
        return lines.toArray(String[]::new);
    }

    /** The version of bpfree. */
    static String version() {
        return build().getProperty("git.build.version", "unknown");
    }

    /** The short commit that bpfree was built from. */
    static String commit() {
        String full = build().getProperty("git.commit.id.full", "unknown");
        return full.substring(0, Math.min(SHORT_COMMIT, full.length()));
    }

    /** Whether the sources differed from the commit. */
    static boolean dirty() {
        return Boolean.parseBoolean(build().getProperty("git.dirty", "false"));
    }

    private static Properties build() {
        Properties properties = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream(RESOURCE)) {
            // Absent when the classes were compiled without Maven.
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
