using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Server.Tests.Checks;

/// <summary>A real Prometheus with data of its own, that scrapes what a test tells it.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication exporter;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slipway-prometheus-");
    private RunningProgram? program;

    private PrometheusServer(WebApplication exporter) => this.exporter = exporter;

    /// <summary>Where the program is; null: Prometheus is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin").Select(folder => Path.Combine(folder, "prometheus")).FirstOrDefault(File.Exists);

    public static TimeSpan ScrapedEvery { get; } = TimeSpan.FromMilliseconds(200);

    public HttpClient Http { get; } = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}/") };

    /// <param name="metrics">What the exporter says at its n-th scrape.</param>
    public static async Task<PrometheusServer> StartAsync(Func<int, string> metrics)
    {
        var scrapes = 0;
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var exporter = builder.Build();
        exporter.MapGet("/metrics", () => Results.Text(metrics(Interlocked.Increment(ref scrapes)), "text/plain; version=0.0.4"));
        await exporter.StartAsync();
        var server = new PrometheusServer(exporter);
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has stored so many samples of a series.</summary>
    public Task HasAsync(string series, int samples) => UntilAsync(async () =>
    {
        var answer = await Http.GetStringAsync(new Uri($"api/v1/query?query=count_over_time({Uri.EscapeDataString(series)}[1h])>={samples.ToString(CultureInfo.InvariantCulture)}", UriKind.Relative));
        return answer.Contains("\"value\"", StringComparison.Ordinal);
    });

    public async ValueTask DisposeAsync()
    {
        if (program is not null)
            await program.DisposeAsync();
        await exporter.DisposeAsync();
        Http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        var config = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: { scrape_interval: {{ScrapedEvery.TotalMilliseconds}}ms, scrape_timeout: {{ScrapedEvery.TotalMilliseconds}}ms }
            scrape_configs:
              - job_name: test
                static_configs: [{ targets: ["{{new Uri(exporter.Urls.First()).Authority}}"] }]
            """);
        program = RunningProgram.Start(Program!, ["--config.file", config, "--storage.tsdb.path", Path.Combine(folder.FullName, "data"), "--web.listen-address", Http.BaseAddress!.Authority, "--log.level", "warn"]);
        await UntilAsync(async () => (await Http.GetAsync(new Uri("-/ready", UriKind.Relative))).IsSuccessStatusCode);
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await HoldsAsync(condition))
        {
            Assert.False(program!.HasExited || limit.IsCancellationRequested, $"Prometheus did not get there: {program.Output}");
            await Task.Delay(50);
        }
    }

    private static async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
