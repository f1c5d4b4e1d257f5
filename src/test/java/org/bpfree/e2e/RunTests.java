package org.bpfree.e2e;

import java.io.PrintWriter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the tests of one class in a process of its own, with nothing else of bpfree's tests on the class path. */
final class RunTests {
    private RunTests() {}

    /**
     * Ends with exit code 0 if there are tests and none failed.
     *
     * @param arguments the name of the class
     */
    public static void main(String... arguments) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(arguments[0]))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        listener.getSummary().printFailuresTo(new PrintWriter(System.out, true));
        listener.getSummary().printTo(new PrintWriter(System.out, true));
        boolean sound = listener.getSummary().getTestsFoundCount() > 0
                && listener.getSummary().getTotalFailureCount() == 0;
        System.exit(sound ? 0 : 1);
    }
}
