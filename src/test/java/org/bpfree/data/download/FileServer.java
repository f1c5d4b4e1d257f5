package org.bpfree.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on localhost that can be told to misbehave. */
final class FileServer implements AutoCloseable {
    /** How the server answers. */
    enum Manner {
        /** Whole files and ranges, with an entity tag. */
        SOUND,
        /** Whole files only, whatever range is asked for. */
        WITHOUT_RANGES,
        /** Ends the connection after half of what is left, each time. */
        BREAKS_OFF,
        /** Sends half of what is left, then nothing. */
        STALLS,
        /** Sends other bytes of the same number. */
        WRONG_BYTES,
        /** Sends a file of another size. */
        WRONG_SIZE,
        /** 404. */
        NOT_FOUND,
        /** 503. */
        OVERLOADED
    }

    /** One request that came: its path, and its Range and If-Range headers or null. */
    record Request(String path, String range, String ifRange) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile Manner manner;
    private volatile String tag = "\"v1\"";

    FileServer(Manner manner) {
        this.manner = manner;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    FileServer with(String name, byte[] content) {
        files.put("/" + name, content);
        return this;
    }

    void behave(Manner newManner) {
        manner = newManner;
    }

    void retag(String newTag) {
        tag = newTag;
    }

    String url() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/";
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Manner now = manner;
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
        requests.add(new Request(path, range, ifRange));
        byte[] content = files.get(path);
        if (content == null || now == Manner.NOT_FOUND || now == Manner.OVERLOADED) {
            exchange.sendResponseHeaders(now == Manner.OVERLOADED ? 503 : 404, -1);
            exchange.close();
            return;
        }
        if (now == Manner.WRONG_BYTES) {
            content = content.clone();
            content[content.length - 1] ^= 1;
        } else if (now == Manner.WRONG_SIZE) {
            content = "<html>Please log in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        boolean ranged = range != null && now != Manner.WITHOUT_RANGES && (ifRange == null || ifRange.equals(tag));
        int from = ranged ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        send(exchange, content, from, ranged, now);
    }

    private void send(HttpExchange exchange, byte[] content, int from, boolean ranged, Manner now) throws IOException {
        exchange.getResponseHeaders().set("ETag", tag);
        if (ranged && from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (ranged) {
            String range = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
            exchange.getResponseHeaders().set("Content-Range", range);
        }
        int left = content.length - from;
        exchange.sendResponseHeaders(ranged ? 206 : 200, left);
        if (now != Manner.BREAKS_OFF && now != Manner.STALLS) {
            exchange.getResponseBody().write(content, from, left);
            exchange.close();
            return;
        }
        exchange.getResponseBody().write(content, from, left / 2);
        exchange.getResponseBody().flush();
        if (now == Manner.STALLS) {
            pause();
        }
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is closed
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
