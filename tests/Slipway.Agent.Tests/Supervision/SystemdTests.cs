using System.Globalization;
using Slipway.Agent.Activating;
using Slipway.Agent.Supervision.Systemd;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

/// <summary>
/// Against scripts that answer like systemctl and journalctl and write down what they were asked. A real systemd needs a machine that
/// was booted by it; these tests prove what is asked and how the answers are taken, not that systemd answers so.
/// </summary>
public sealed class SystemdTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-").FullName;

    public SystemdTests()
    {
        Script("systemctl", """
            echo "$@" >> "$0.asked"
            case $1 in
              restart) test ! -f "$0.refuses" || { echo 'Job for shop.service failed.' >&2; exit 1; }; echo active > "$0.state" ;;
              stop) echo inactive > "$0.state" ;;
              show) read state < "$0.state"; echo "ActiveState=$state"; echo SubState=some; echo MainPID=4711; echo NRestarts=0; cat "$0.result" 2>/dev/null ;;
            esac
            """);
        Script("journalctl", "test $1 != --follow || { echo $$ \"$@\" > \"$0.follows\"; exec sleep 1000; }; echo \"$@\" > \"$0.asked\"; echo one; echo two");
        File.WriteAllText(Systemctl + ".state", "inactive\n");
    }

    private string Systemctl => Path.Combine(folder, "systemctl");

    private ActivatorSettings Settings => new() { Systemctl = Systemctl, Journalctl = Path.Combine(folder, "journalctl") };

    private string[] Asked => [.. File.ReadAllLines(Systemctl + ".asked").Where(line => !line.StartsWith("show", StringComparison.Ordinal))];

    [Fact]
    public async Task A_unit_is_stopped_and_restarted_around_the_switch()
    {
        await using var instance = new TestInstance(Settings);
        await instance.ActivateHealthyAsync(Unit(instance, "1.0", 1));

        await instance.ActivateHealthyAsync(Unit(instance, "2.0", 2));

        Assert.Equal(["restart -- shop.service", "stop -- shop.service", "restart -- shop.service"], Asked);
        Assert.Equal(Path.Combine("versions", "2.0"), new FileInfo(instance.Folder.Current).LinkTarget);
        Assert.Equal(4711, instance.Running!.ProcessId);
        Assert.Contains("VERSION=\"2.0\"\n", await File.ReadAllTextAsync(Path.Combine(instance.Folder.Root, "environment")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_systemd_does_not_start_fails_with_what_it_said()
    {
        await using var instance = new TestInstance(Settings);
        await File.WriteAllTextAsync(Systemctl + ".refuses", "");

        var outcome = await instance.ActivateAsync(Unit(instance, "1.0", 1));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Equal("unit_failed", failed.Code);
        Assert.Contains("Job for shop.service failed.", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_fails_while_starting_says_the_result_and_gives_the_journal_as_evidence()
    {
        await using var instance = new TestInstance(Settings);
        var activating = instance.ActivateAsync(Unit(instance, "1.0", 1, port: (uint)FreePort.Next()));
        await TestInstance.UntilAsync(() => instance.Running is { State: ServiceState.Checking }, "it is being checked");

        await File.WriteAllTextAsync(Systemctl + ".result", "Result=exit-code\n");
        await File.WriteAllTextAsync(Systemctl + ".state", "failed\n");

        var failed = Assert.IsType<ActivationOutcome.Failed>(await activating);
        Assert.Equal("unit_failed", failed.Code);
        Assert.Contains("systemd gives the result 'exit-code'", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(["one", "two"], failed.Evidence);
    }

    [Fact]
    public async Task A_unit_that_runs_is_adopted_and_its_journal_is_tailed()
    {
        await using var instance = new TestInstance(Settings);
        var activation = Unit(instance, "1.0", 1);
        await instance.ActivateHealthyAsync(activation);

        await instance.ReplaceAgentAsync();
        Assert.True(await instance.Activator.AdoptAsync(activation, default));
        List<string> lines = [];
        Assert.Null(await instance.Activator.TailAsync(instance.Service, 2, follow: false, chunk =>
        {
            lines.AddRange(chunk);
            return ValueTask.CompletedTask;
        }, default));

        Assert.Equal(["restart -- shop.service"], Asked);
        Assert.Equal(["one", "two"], lines);
        Assert.Equal("--no-pager --output=cat --lines=2 --unit=shop.service\n", await File.ReadAllTextAsync(Path.Combine(folder, "journalctl.asked")));
    }

    [Fact]
    public async Task The_journal_is_followed_for_what_its_lines_say_across_versions_and_until_the_agent_ends()
    {
        int reader;
        await using (var instance = new TestInstance(Settings))
        {
            await instance.ActivateHealthyAsync(Unit(instance, "1.0", 1));
            var (first, asked) = await FollowsAsync();
            Assert.StartsWith("--follow --no-tail --all --since=@", asked, StringComparison.Ordinal);
            Assert.EndsWith("--output=json --output-fields=MESSAGE,PRIORITY,_SYSTEMD_INVOCATION_ID _SYSTEMD_UNIT=shop.service", asked, StringComparison.Ordinal);
            await instance.ActivateHealthyAsync(Unit(instance, "2.0", 2));
            (reader, _) = await FollowsAsync();
            Assert.Equal(first, reader);
        }

        await TestInstance.UntilAsync(() => !Directory.Exists($"/proc/{reader}"), "nobody reads any more");
    }

    [Fact]
    public async Task Without_systemd_the_reason_says_so()
    {
        await using var instance = new TestInstance(new() { Systemctl = "/no/systemctl" });

        var failed = Assert.IsType<ActivationOutcome.Failed>(await instance.ActivateAsync(Unit(instance, "1.0", 1)));

        Assert.Contains("this instance seems to have no systemd", failed.Reason, StringComparison.Ordinal);
        File.Delete(instance.Folder.Run);
    }

    [Fact]
    public void A_unit_state_is_read_whatever_the_order_and_what_is_missing() =>
        Assert.Equal(
            new UnitState("failed", "dead", 0, "oom-kill", 3, "loaded", "c0ffee"),
            UnitState.Parse("InvocationID=c0ffee\nNRestarts=3\nResult=oom-kill\nLoadState=loaded\nActiveState=failed\nSubState=dead\n"));

    private async Task<(int Reader, string Asked)> FollowsAsync()
    {
        var file = Path.Combine(folder, "journalctl.follows");
        await TestInstance.UntilAsync(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), "the journal is followed");
        var words = (await File.ReadAllTextAsync(file)).Trim().Split(' ', 2);
        return (int.Parse(words[0], CultureInfo.InvariantCulture), words[1]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Activation Unit(TestInstance instance, string version, ulong generation, uint port = 0) =>
        instance.Version(version, "", generation, port, spec =>
        {
            spec.Unit = new() { Name = "shop.service" };
            if (port != 0)
                spec.Health.Http = new() { Path = "/" };
        });

    private void Script(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
