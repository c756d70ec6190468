using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Signals.Metrics;
using Slipway.Agent.Tests.Activating;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

public sealed class MetricsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly PageServer server = new();
    private readonly FakeRun run = new() { ProcessId = 1 };
    private readonly MetricsMeter meter;

    public MetricsTests() => meter = new(new(time), time);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Requests_of_OpenTelemetry_are_counted_with_their_errors_and_times()
    {
        await MeasureAsync(OpenTelemetry(ok: 100, failed: 5, seconds: 10, fast: 90, medium: 104));

        var values = await MeasureAsync(OpenTelemetry(ok: 180, failed: 25, seconds: 30, fast: 170, medium: 203));

        Assert.Equal((100, 20), (values!.Requests, values.RequestErrors));
        Assert.Equal(200, values.RequestTime, 3);

        // 80 within 0.1 s, 19 more within 1 s: the 99th of 100 is the last of these.
        Assert.Equal(1000, values.RequestTimeHigh, 3);
        Assert.Contains("GET /metrics HTTP/1.1", server.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_requests_total{code=\"200\"} 7\nhttp_requests_total{code=\"503\",method=\"get\"} 2\n", 9, 2, double.NaN)]
    [InlineData("http_requests_received_total{code=\"200\"} 7\nhttp_requests_received_total{code=\"500\"} 2\n", 9, 2, double.NaN)]
    [InlineData("http_server_requests_seconds_count{status=\"200\",uri=\"/a,}b\"} 8\nhttp_server_requests_seconds_sum{status=\"200\"} 4\nhttp_server_requests_seconds_max 3\n", 8, 0, 500)]
    [InlineData("http_request_duration_seconds_count{handler=\"/\"} 8\nhttp_request_duration_seconds_sum 4\nhttp_requests_total{status=\"5xx\"} 3\n", 8, 3, 500)]
    [InlineData("http_request_duration_seconds_count 4\nhttp_request_duration_seconds_sum 4\n", 4, double.NaN, 1000)]
    [InlineData("http_requests 4\nhttp_requests_created 4\nother_total 4\n", double.NaN, double.NaN, double.NaN)]
    [InlineData("http_requests_total{code=\"2\\\"00\"} 1e3 1700000000 # {a=\"b\"} 1\n# EOF\n", 1000, 0, double.NaN)]
    [InlineData("http_requests_total NaN\nhttp_requests_total{a=\"b\"} 3\nhttp_requests_total{a=\"c\"} +Inf\n", 3, double.NaN, double.NaN)]
    [InlineData("http_requests_total{code=\"200\" 3\nhttp_requests_total} 3\nhttp_requests_total\n{} 3\nhttp_requests_total{code=200} 3\nup 1\n", double.NaN, double.NaN, double.NaN)]
    public async Task Usual_names_are_understood(string page, double requests, double errors, double milliseconds)
    {
        var values = await MeasureAsync(page);

        Assert.Equal((requests, errors, milliseconds), (values!.Requests, values.RequestErrors, values.RequestTime));
    }

    [Fact]
    public async Task Watched_gauges_are_told_as_they_are_and_counters_by_their_growth()
    {
        string[] watched = ["queue_length", "orders_total", "jobs", "away", "request_seconds_sum"];
        await MeasureAsync("# TYPE queue_length gauge\nqueue_length{q=\"a\"} 3\n# TYPE orders counter\norders_total 100\n# TYPE jobs counter\njobs 5\n", watched);

        var values = await MeasureAsync(
            "# TYPE queue_length gauge\nqueue_length{q=\"a\"} 3\nqueue_length{q=\"b\"} 4\n# TYPE orders counter\norders_total 150\n# TYPE jobs counter\njobs 25\n"
            + "# TYPE request_seconds summary\nrequest_seconds_sum 10\nqueue_length_more 9\n", watched);

        Assert.Equal([("queue_length", 7), ("orders_total", 5), ("jobs", 2), ("away", double.NaN), ("request_seconds_sum", 1)], values!.Watched);
    }

    [Fact]
    public async Task Counters_that_go_back_have_begun_anew()
    {
        await MeasureAsync("http_requests_total{code=\"500\"} 100\n");

        var values = await MeasureAsync("http_requests_total{code=\"500\"} 7\n");

        Assert.Equal((7, 7), (values!.Requests, values.RequestErrors));
    }

    [Fact]
    public async Task Another_process_has_counted_from_0_even_when_it_counted_more()
    {
        await MeasureAsync("http_requests_total 100\n");
        run.ProcessId = 2;

        Assert.Equal(120, (await MeasureAsync("http_requests_total 120\n"))!.Requests);
    }

    [Fact]
    public async Task What_ran_before_the_agent_is_not_counted_from_0()
    {
        Assert.Null(await MeasureAsync("http_requests_total 100\n", isFresh: false));

        Assert.Equal(20, (await MeasureAsync("http_requests_total 120\n", isFresh: false))!.Requests);
    }

    [Fact]
    public async Task A_step_without_an_answer_tells_nothing_and_what_came_meanwhile_is_told_with_the_next()
    {
        await MeasureAsync("http_requests_total 100\n");
        server.Answer = (to, cancellation) => PageServer.SendAsync(to, "HTTP/1.1 500 No\r\n\r\n", cancellation);
        Assert.Null(await MeasureAsync(""));
        server.Answer = (to, cancellation) => PageServer.SendAsync(to, "HTTP/1.0 200 OK\r\n\r\nhttp_requests_total 130\n", cancellation);

        Assert.Equal(30, (await MeasureAsync(""))!.Requests);
    }

    [Fact]
    public async Task Chunks_are_joined_wherever_they_are_cut()
    {
        server.Answer = async (to, cancellation) =>
        {
            await PageServer.SendAsync(to, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", cancellation);
            foreach (var piece in "http_requests_total{code=\"200\"} 12\nhttp_requests_total{code=\"500\"} 3\n".Chunk(7))
                await PageServer.SendAsync(to, $"{piece.Length:x}\r\n{new string(piece)}\r\n", cancellation);
            await PageServer.SendAsync(to, "0\r\n\r\n", cancellation);
        };

        var values = await MeasureAsync("");

        Assert.Equal((15, 3), (values!.Requests, values.RequestErrors));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhttp_requests_total 3\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhttp_\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n<html>no metrics</html>")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("")]
    public async Task What_is_no_whole_page_is_none(string answer)
    {
        server.Answer = (to, cancellation) => PageServer.SendAsync(to, answer, cancellation);

        Assert.Null(await MeasureAsync(""));
    }

    [Fact]
    public async Task An_endless_page_is_left()
    {
        var endless = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some_metric{a=\"b\"} 1\n", 1000)));
        var sent = 0L;
        server.Answer = async (to, cancellation) =>
        {
            await PageServer.SendAsync(to, "HTTP/1.1 200 OK\r\n\r\n", cancellation);
            for (; sent < 1_000_000_000; sent += endless.Length)
                await to.WriteAsync(endless, cancellation);
        };

        Assert.Null(await MeasureAsync(""));
        Assert.InRange(sent, 0, 50_000_000);
    }

    [Fact]
    public async Task A_slow_page_is_not_waited_for()
    {
        server.Answer = async (to, cancellation) =>
        {
            await PageServer.SendAsync(to, "HTTP/1.1 200 OK\r\n\r\nhttp_requests_total 3\n", cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        };
        var began = Stopwatch.GetTimestamp();

        var reading = new PageReader(TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(100) }.ReadAsync(new(10_000, server.Port, "/metrics", []), default);

        Assert.Null(await reading);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromMilliseconds(90), TestInstance.Patience);
    }

    [Fact]
    public async Task Huge_names_and_labels_do_not_keep_the_rest_from_being_read()
    {
        var huge = new string('x', 500_000);

        var values = await MeasureAsync($"{huge} 1\nhttp_requests_total{{code=\"{huge}\"}} 3\n{huge}\nhttp_requests_total 4\n");

        Assert.Equal(4, values!.Requests);
    }

    [Fact]
    public async Task More_bounds_than_anybody_needs_are_left_out()
    {
        var page = new StringBuilder("http_request_duration_seconds_count 100\nhttp_request_duration_seconds_sum 1\n");
        for (var bound = 0; bound < 10_000; bound++)
            page.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{le=\"{bound}\"}} 1\n");

        Assert.Equal(100, (await MeasureAsync(page.ToString()))!.Requests);
    }

    private static string OpenTelemetry(int ok, int failed, int seconds, int fast, int medium) => $$"""
        # TYPE http_server_request_duration_seconds histogram
        # UNIT http_server_request_duration_seconds seconds
        http_server_request_duration_seconds_bucket{http_response_status_code="200",le="0.1"} {{fast}}
        http_server_request_duration_seconds_bucket{http_response_status_code="200",le="1"} {{medium}}
        http_server_request_duration_seconds_bucket{http_response_status_code="200",le="+Inf"} {{ok + failed}}
        http_server_request_duration_seconds_sum{http_response_status_code="200"} {{seconds}}
        http_server_request_duration_seconds_count{http_response_status_code="200",http_route="/a b"} {{ok}}
        http_server_request_duration_seconds_count{http_response_status_code="500"} {{failed}}
        http_requests_total{code="200"} 5

        """;

    private async Task<PageValues?> MeasureAsync(string page, string[]? watched = null, bool isFresh = true)
    {
        server.Page = page;
        var values = await meter.MeasureAsync(new(run, new(10_000, server.Port, "/metrics", watched ?? []), "1.0", 1, null, isFresh), run.ProcessId, default);
        time.Advance(TimeSpan.FromSeconds(10));
        return values;
    }
}
