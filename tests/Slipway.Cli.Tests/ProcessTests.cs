using System.Diagnostics;
using System.Globalization;
using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

/// <summary>The program as a process: signals, exit codes, shells.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "slipway");

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Ctrl_c_leaves_the_deployment_running_and_exits_with_130(string signal)
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.NeverEnds;
        using var process = Start(server, Program, "deploy", "checkout", "--to", "production", "--wait");
        var error = process.StandardError.ReadToEndAsync();

        await Until.TrueAsync(() => !server.StreamsFrom.IsEmpty);
        Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("slipway watch d-7k2m9qwxyz", await error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Contains("cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_it_quietly()
    {
        await using var server = await FakeServer.StartAsync();
        server.Instances.Add(Sample.Instance("web-1", "production", "checkout", "1.9"));
        server.Logs["web-1"] = [.. Enumerable.Range(0, 20_000).Select(i => $"line {i}")];

        using var process = Start(server, "/bin/bash", "-c", $"'{Program}' logs checkout --in production | head -n 1");

        Assert.Equal("line 0\n", await process.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task The_bash_script_is_valid_and_completes_commands_options_and_names()
    {
        await using var server = await FakeServer.StartAsync();
        server.Services.AddRange([Sample.Service("checkout"), Sample.Service("search")]);
        server.Environments.AddRange([Sample.Environment("production", 0), Sample.Environment("preview", 1)]);
        var script = cli.Write("completion.bash", (await cli.RunAsync("completion", "bash")).Out);

        using (var check = Start(server, "/bin/bash", "-n", script))
        {
            await check.WaitForExitAsync();
            Assert.Equal(0, check.ExitCode);
        }

        Assert.Equal(["deploy", "deployments"], await CompleteAsync(server, script, "slipway depl"));
        Assert.Equal(["checkout"], await CompleteAsync(server, script, "slipway deploy che"));
        Assert.Equal(["preview", "production"], await CompleteAsync(server, script, "slipway deploy checkout --to pr"));
        Assert.Equal(["--strategy"], await CompleteAsync(server, script, "slipway deploy checkout --str"));
        Assert.Equal(["create"], await CompleteAsync(server, script, "slipway tokens cr"));
    }

    /// <summary>Asks bash itself, as if somebody had pressed the tabulator.</summary>
    private async Task<IEnumerable<string>> CompleteAsync(FakeServer server, string script, string line)
    {
        var words = string.Join(' ', line.Split(' ').Select(w => $"'{w}'"));
        var press = $"""
            source '{script}'
            COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=({words}); COMP_CWORD={line.Split(' ').Length - 1}
            _slipway
            printf '%s\n' "$COMPREPLY" "${"{"}COMPREPLY[@]:1{"}"}"
            """;
        using var process = Start(server, "/bin/bash", "-c", press);
        var output = await process.StandardOutput.ReadToEndAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order();
    }

    private Process Start(FakeServer server, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = cli.Folder,
        };
        start.Environment["HOME"] = cli.Folder;
        start.Environment["SLIPWAY_COMPLETION_SECONDS"] = "30";
        start.Environment["SLIPWAY_SERVER"] = server.Address;
        start.Environment["SLIPWAY_TOKEN"] = FakeServer.Token;
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        return Process.Start(start)!;
    }
}
