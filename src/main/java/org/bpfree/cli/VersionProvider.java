package org.bpfree.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.cli.console.BackendVersion;
import org.bpfree.files.Json;
import org.bpfree.run.BuildInfo;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
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
        facts.put("bpfree", BuildInfo.version());
        facts.put("commit", BuildInfo.commit());
        facts.put("uncommittedChanges", BuildInfo.dirty());
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
        lines.add("bpfree " + BuildInfo.version() + " (commit " + BuildInfo.commit()
                + (BuildInfo.dirty() ? ", with uncommitted changes" : "") + ")");
        lines.add("JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                + System.getProperty("java.vendor"));
        lines.add("System: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        lines.addAll(BackendVersion.lines());
        return lines.toArray(String[]::new);
    }
}
