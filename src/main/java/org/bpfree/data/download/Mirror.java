package org.bpfree.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import org.bpfree.data.catalogue.DatasetFile;
import org.bpfree.failure.Failure;

/** One address of one file, and how to get bytes from it into a part file. */
public final class Mirror {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client;
    private final Duration stallTimeout;
    private final String url;
    private final DatasetFile wanted;

    Mirror(HttpClient client, Duration stallTimeout, String url, DatasetFile wanted) {
        this.client = client;
        this.stallTimeout = stallTimeout;
        this.url = url;
        this.wanted = wanted;
    }

    /** Something is wrong with the mirror. The message completes "URL: …"; {@code broken} if asking again may help. */
    static final class MirrorException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean broken;

        MirrorException(String message, boolean broken) {
            super(message);
            this.broken = broken;
        }

        boolean broken() {
            return broken;
        }
    }

    /** Fetches the bytes that the part file lacks, and returns when it has all of them. */
    void fetch(PartFile part, DownloadProgress progress) throws MirrorException {
        HttpResponse<InputStream> response = ask(part);
        try (InputStream body = response.body()) {
            accept(response, part);
            progress.begin(wanted.name(), part.length(), wanted.bytes());
            copy(body, part, progress);
        } catch (IOException e) {
            throw new MirrorException(describe(e), true);
        } finally {
            progress.end();
        }
    }

    private HttpResponse<InputStream> ask(PartFile part) throws MirrorException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(stallTimeout)
                    .header("User-Agent", "bpfree");
        } catch (IllegalArgumentException e) {
            throw new MirrorException("not an http address (" + e.getMessage() + ")", false);
        }
        if (part.length() > 0) {
            request.header("Range", "bytes=" + part.length() + "-");
            part.tagOf(url).ifPresent(tag -> request.header("If-Range", tag));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new MirrorException(describe(e), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(
                    Failure.Kind.INTERRUPTED, "The download was interrupted; the same command goes on with it");
        }
    }

    /** Readies the part file for the body of this response, or says why the response is of no use. */
    private void accept(HttpResponse<InputStream> response, PartFile part) throws MirrorException {
        int status = response.statusCode();
        if (status == PARTIAL) {
            String range = response.headers().firstValue("Content-Range").orElse("");
            if (!range.startsWith("bytes " + part.length() + "-")) {
                throw new MirrorException(
                        "it answered a request for bytes from " + part.length() + " with '" + range + "'", false);
            }
            return;
        }
        if (status == RANGE_NOT_SATISFIABLE) {
            part.restart();
            throw new MirrorException("it has no bytes beyond those fetched; beginning anew", true);
        }
        if (status != OK) {
            throw new MirrorException("HTTP " + status, status >= 500);
        }
        if (part.length() > 0) {
            part.restart(); // the mirror knows no ranges, or its file has changed
        }
        long announced = response.headers().firstValueAsLong("Content-Length").orElse(wanted.bytes());
        if (announced != wanted.bytes()) {
            throw new MirrorException("it offers " + announced + " bytes instead of " + wanted.bytes(), false);
        }
        part.rememberTag(url, response.headers().firstValue("ETag"));
    }

    private void copy(InputStream body, PartFile part, DownloadProgress progress) throws IOException, MirrorException {
        byte[] buffer = new byte[1 << 16];
        try (StallGuard guard = new StallGuard(body, stallTimeout)) {
            while (part.length() < wanted.bytes()) {
                int most = (int) Math.min(buffer.length, wanted.bytes() - part.length());
                int read = guard.read(buffer, most);
                if (read < 0) {
                    throw new MirrorException(
                            "it broke off after " + part.length() + " of " + wanted.bytes() + " bytes", true);
                }
                part.append(buffer, read);
                progress.advance(part.length());
            }
        }
    }

    private String describe(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection within the time allowed";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer within " + stallTimeout.toSeconds() + " s";
        }
        if (e instanceof ConnectException) {
            return unresolved(e) ? "unknown host" : "connection refused";
        }
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    /** The client wraps the reason, sometimes twice. */
    private static boolean unresolved(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
