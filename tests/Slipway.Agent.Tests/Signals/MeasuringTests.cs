using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Health;
using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Signals;
using Slipway.Agent.Signals.Lines;
using Slipway.Agent.Signals.Processes;
using Slipway.Agent.Supervision.Systemd;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

/// <summary>Real processes, and steps that end when the test says so.</summary>
public sealed class MeasuringTests : IDisposable
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly ServiceFolder folder = new(Directory.CreateTempSubdirectory("slipway-").FullName);
    private readonly List<Process> started = [];
    private readonly FakeRun run = new();
    private readonly ServiceSignals signals;
    private readonly SignalMeter meter;

    public MeasuringTests()
    {
        Directory.CreateDirectory(folder.Logs);
        signals = new("shop", new LogFiles(folder), new JournalReader(new Systemctl(), time, _ => { }), time);
        meter = new(() => [signals], time, NullLogger.Instance);
    }

    public void Dispose()
    {
        foreach (var process in started)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        Directory.Delete(folder.Root, recursive: true);
    }

    [Fact]
    public async Task Processor_time_is_that_of_the_step_and_of_all_processes()
    {
        Begin(await StartAsync("echo ready; read go; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; read end"));
        await StepAsync();
        await Say("go");
        var burned = TicksOf(run.ProcessId);
        Assert.InRange(burned, 5, 1000);

        await StepAsync();
        var told = Get(SignalNames.Cpu) * 10 * 100;
        await StepAsync();

        Assert.InRange(told, burned * 0.5, burned + 2);
        Assert.InRange(Get(SignalNames.Cpu), 0, 0.01);
    }

    [Fact]
    public async Task What_a_child_used_before_it_ended_is_counted_once()
    {
        Begin(await StartAsync("exec 3<&0; echo ready; (i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo half; read go <&3; exit 0) & wait $!; echo done; read end"));
        await SaidAsync("half");
        await StepAsync();
        var first = Get(SignalNames.Cpu);
        await Say("go");
        await StepAsync();

        Assert.InRange(first, 0.005, 1);
        Assert.InRange(Get(SignalNames.Cpu), 0, first / 4);
    }

    [Fact]
    public async Task Memory_threads_and_files_are_those_of_the_whole_tree()
    {
        Begin(await StartAsync("exec 3<&0 7</dev/null 8</dev/null 9</dev/null; sh -c 'echo ready; read end <&3' & wait"));

        await StepAsync();

        Assert.Equal(2, Get(SignalNames.Threads));
        Assert.InRange(Get(SignalNames.Files), 14, 24);
        Assert.InRange(Get(SignalNames.Memory), 500_000, 50_000_000);
    }

    [Fact]
    public async Task What_was_allocated_shows()
    {
        Begin(await StartAsync("echo ready; read go; x=$(head -c 50000000 /dev/zero | tr '\\0' 'x'); echo done; read end"));
        await StepAsync();
        var before = Get(SignalNames.Memory);
        await Say("go");
        await StepAsync();

        Assert.InRange(Get(SignalNames.Memory) - before, 40_000_000, 500_000_000);
    }

    [Fact]
    public async Task What_is_written_to_the_disk_shows_also_when_a_child_did_it()
    {
        var file = Path.Combine(folder.Root, "written");
        Begin(await StartAsync($"echo ready; read go; dd if=/dev/zero of={file} bs=1M count=20 conv=fsync 2>/dev/null; echo done; read end"));
        await StepAsync();
        await Say("go");
        await StepAsync();
        Assert.SkipWhen(Get(SignalNames.Disk) == 0, "The folder for temporary files is not on a disk.");

        Assert.InRange(Get(SignalNames.Disk), 1_000_000, 10_000_000);
    }

    [Fact]
    public async Task Without_a_process_nothing_is_known_and_the_past_is_kept()
    {
        Begin(await StartAsync("echo ready; read end"));
        await StepAsync();
        var memory = Get(SignalNames.Memory);
        signals.End();
        run.ProcessId = 0;

        await StepAsync();

        Assert.Equal(memory, signals.History.Get(SignalNames.Memory, signals.History.Last - 1));
        foreach (var name in new[] { SignalNames.Cpu, SignalNames.Memory, SignalNames.Threads, SignalNames.Files, SignalNames.Disk, SignalNames.Network, SignalNames.Lines, SignalNames.Restarts })
            Assert.Equal(float.NaN, Get(name));
    }

    [Fact]
    public async Task What_nobody_may_read_is_not_known_and_the_rest_is()
    {
        var scan = new ProcessScan(new ProcessFiles());
        var usage = new ProcessUsage(new Guarded());
        var process = await StartAsync("echo ready; read end");
        scan.Look(new HashSet<int> { process });

        var used = usage.Measure(process, scan, 10);

        Assert.Equal((double.NaN, double.NaN), (used.Disk, used.Files));
        Assert.InRange(used.Memory, 100_000, 100_000_000);
        Assert.Equal(1, used.Threads);
    }

    [Fact]
    public async Task A_process_that_is_not_there_is_no_trouble()
    {
        Begin(int.MaxValue);

        await StepAsync();

        Assert.Equal(float.NaN, Get(SignalNames.Memory));
        Assert.Equal(0, Get(SignalNames.Restarts));
    }

    [Fact]
    public async Task A_grandchild_stays_a_part_of_the_service_when_its_parent_has_ended()
    {
        Begin(await StartAsync("(setsid sleep 100 & echo ready; echo $!; read go); echo done; read end"));
        using var grandchild = Process.GetProcessById(int.Parse((await started[^1].StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
        await StepAsync();
        Assert.Equal(3, Get(SignalNames.Threads));
        await Say("go");
        await StepAsync();
        grandchild.Kill();

        Assert.Equal(2, Get(SignalNames.Threads));
    }

    [Fact]
    public async Task Answers_of_the_health_check_are_counted_and_timed()
    {
        Begin(0);
        signals.Probing(true);
        signals.Answered(ProbeAnswer.Healthy.Instance, TimeSpan.FromMilliseconds(10));
        signals.Answered(ProbeAnswer.Healthy.Instance, TimeSpan.FromMilliseconds(30));
        signals.Answered(new ProbeAnswer.Unhealthy("no"), TimeSpan.FromSeconds(2));
        await StepAsync();
        Assert.Equal((3, 1, 20), (Get(SignalNames.Probes), Get(SignalNames.ProbeFailures), Get(SignalNames.ProbeTime)));

        await StepAsync();
        Assert.Equal((0, 0, float.NaN), (Get(SignalNames.Probes), Get(SignalNames.ProbeFailures), Get(SignalNames.ProbeTime)));

        signals.Probing(false);
        await StepAsync();
        Assert.Equal(float.NaN, Get(SignalNames.Probes));
    }

    [Fact]
    public async Task Restarts_are_counted_and_their_starts_are_kept()
    {
        Begin(0);
        run.Restarts = 3;
        signals.StartedAgain();
        await StepAsync();
        Assert.Equal(3, Get(SignalNames.Restarts));
        for (var more = 0; more < 100; more++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            signals.StartedAgain();
        }

        await StepAsync();
        Assert.Equal(100, Get(SignalNames.Restarts));
        var starts = Assert.Single(signals.History.TellAll()).Starts;
        Assert.Equal(50, starts.Count);
        Assert.All(starts, start => Assert.Equal(("1.0", 7ul, true), (start.Version, start.Generation, start.Again)));
    }

    [Fact]
    public async Task Lines_are_those_of_the_step()
    {
        Begin(0);
        await File.WriteAllTextAsync(Path.Combine(folder.Logs, "current.log"), "INFO a\nWARN b\nERROR c 12\nERROR c 13\n");
        await StepAsync();
        Assert.Equal((4, 1, 2), (Get(SignalNames.Lines), Get(SignalNames.Warnings), Get(SignalNames.Errors)));
        var kind = Assert.Single(Assert.Single(signals.History.TellAll()).Kinds);
        Assert.Equal(("ERROR c <*>", "ERROR c 12", 2), (kind.Template, kind.Example, kind.Counts[0]));

        await StepAsync();
        Assert.Equal(0, Get(SignalNames.Lines));

    }

    [Fact]
    public async Task Steps_are_those_of_the_clock_and_begin_anew_with_another_length()
    {
        time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(2_000_000_000_123));
        Begin(0);
        await StepAsync();
        Assert.Equal(200_000_000, signals.History.Last);

        signals.Begin(new(run, SignalSettings.Of(new SignalSpec { StepMs = 1000 }, 0), "2.0", 8, null, true));
        time.Advance(TimeSpan.FromSeconds(1));
        await meter.MeasureAsync(default);

        var told = Assert.Single(signals.History.TellAll());
        Assert.Equal((1000, 2_000_000_010, 1), (told.StepMs, told.FirstStep, told.Steps));
        Assert.Equal(["1.0", "2.0"], told.Starts.Select(start => start.Version));
    }

    [Fact]
    public async Task The_meter_measures_whenever_a_step_ends()
    {
        using var stop = new CancellationTokenSource();
        Begin(0);
        var running = meter.RunAsync(stop.Token);
        for (var step = time.GetUtcNow().ToUnixTimeMilliseconds() / 10_000; signals.History.Last < step + 2;)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
        var told = Assert.Single(signals.History.TellAll());
        Assert.Equal(told.Steps, told.Row("restarts").Count(value => value == 0));
    }

    [Theory]
    [InlineData("Inter-|   Receive  | Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets\n    lo: 100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0\n  eth0:1000 1 0 0 0 0 0 0 200 1 0 0 0 0 0 0\nveth1: 5 0 0 0 0 0 0 0 6 0 0 0 0 0 0 0\n", 1211)]
    [InlineData("", 0)]
    [InlineData("eth0:", 0)]
    [InlineData("eth0: x y", 0)]
    public void Bytes_of_all_interfaces_but_the_loopback_are_added_up(string text, long expected) =>
        Assert.Equal(expected, NetworkUsage.Sum(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task The_network_is_measured_from_the_second_step_on()
    {
        Begin(await StartAsync("echo ready; read end"));
        await StepAsync();
        Assert.Equal(float.NaN, Get(SignalNames.Network));
        await StepAsync();
        Assert.InRange(Get(SignalNames.Network), 0, float.MaxValue);
    }

    private void Begin(int processId)
    {
        run.ProcessId = processId;
        signals.Begin(new(run, SignalSettings.Default, "1.0", 7, Journal: null, IsFresh: true));
    }

    private async Task StepAsync()
    {
        time.Advance(TimeSpan.FromSeconds(10));
        await meter.MeasureAsync(default);
    }

    private float Get(string name) => signals.History.Get(name, signals.History.Last);

    private async Task<int> StartAsync(string script)
    {
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        started.Add(process);
        await SaidAsync("ready");
        return process.Id;
    }

    private async Task SaidAsync(string word)
    {
        using var patience = new CancellationTokenSource(TestInstance.Patience);
        Assert.Equal(word, await started[^1].StandardOutput.ReadLineAsync(patience.Token));
    }

    private async Task Say(string word)
    {
        await started[^1].StandardInput.WriteLineAsync(word);
        await started[^1].StandardInput.FlushAsync();
        await SaidAsync("done");
    }

    private static long TicksOf(int pid)
    {
        Span<byte> text = stackalloc byte[1024];
        Assert.True(ProcessStat.TryParse(text[..new ProcessFiles().Read(pid, "stat"u8, text)], out var stat));
        return stat.OwnTicks;
    }

    /// <summary>As the kernel is to those who are neither root nor the same user.</summary>
    private sealed class Guarded : IProcessFiles
    {
        private readonly ProcessFiles files = new();

        public int Read(int pid, ReadOnlySpan<byte> name, Span<byte> buffer) => name.SequenceEqual("io"u8) ? -13 : files.Read(pid, name, buffer);

        public long CountOpen(int pid) => -13;
    }
}
