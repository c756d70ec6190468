using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Slipway.Agent.Activating;
using Slipway.Agent.Supervision;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class AgentDeathTests
{
    private const string Runs = "echo started; exec sleep 1000";

    [Fact]
    public async Task A_service_goes_on_when_its_agent_is_killed_and_the_next_agent_adopts_it()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", Runs);
        var pid = await ActivateInAgentThatDiesAsync(instance, activation);

        Assert.NotNull(ActivatingTests.Alive(pid));
        Assert.True(await instance.Activator.AdoptAsync(activation, default));

        Assert.Equal(pid, instance.Running!.ProcessId);
        Assert.Equal(ServiceState.Healthy, instance.Running.State);
        Assert.True(instance.Running.Ready);
        Assert.Equal("started\n", instance.Log);
    }

    [Fact]
    public async Task An_adopted_service_is_started_again_when_it_dies()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", Runs);
        var pid = await ActivateInAgentThatDiesAsync(instance, activation);
        Assert.True(await instance.Activator.AdoptAsync(activation, default));

        Process.GetProcessById(pid).Kill();

        await TestInstance.UntilAsync(() => instance.Running is { Restarts: 1, State: ServiceState.Healthy }, "it was started again");
        Assert.NotEqual(pid, instance.Running!.ProcessId);
    }

    [Fact]
    public async Task One_that_died_without_an_agent_is_known_to_have_been_kept_up_and_one_that_failed_is_not()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", Runs);
        await instance.ActivateHealthyAsync(activation);
        var pid = instance.Running!.ProcessId;
        await instance.ReplaceAgentAsync();
        Process.GetProcessById(pid).Kill();
        await TestInstance.UntilAsync(() => ActivatingTests.Alive(pid) is null, "it has died");

        Assert.False(await instance.Activator.AdoptAsync(activation, default));
        Assert.True(instance.Activator.WasKeptUp(activation));

        Assert.IsType<ActivationOutcome.Failed>(await instance.ActivateAsync(instance.Version("2.0", "exit 1", generation: 2, change: spec => spec.Health.SettleMs = 5000)));
        Assert.False(instance.Activator.WasKeptUp(activation));
    }

    [Fact]
    public async Task A_left_behind_version_is_stopped_with_its_children_before_another_one_starts()
    {
        await using var instance = new TestInstance();
        var pid = await ActivateInAgentThatDiesAsync(instance, instance.Version("1.0", "sleep 1000 & echo $!; wait"));
        var child = int.Parse(instance.Log, CultureInfo.InvariantCulture);
        var next = instance.Version("2.0", Runs, generation: 2);

        Assert.False(await instance.Activator.AdoptAsync(next, default));
        await instance.ActivateHealthyAsync(next);

        Assert.Null(ActivatingTests.Alive(pid));
        Assert.Null(ActivatingTests.Alive(child));
    }

    [Fact]
    public async Task A_helper_whose_leader_died_without_an_agent_is_gone_before_the_next_start()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", "sleep 1000 & echo $!; wait");
        var pid = await ActivateInAgentThatDiesAsync(instance, activation);
        var child = int.Parse(instance.Log, CultureInfo.InvariantCulture);
        Process.GetProcessById(pid).Kill();
        await TestInstance.UntilAsync(() => ActivatingTests.Alive(pid) is null, "the leader is dead");
        Assert.NotNull(ActivatingTests.Alive(child));

        Assert.False(await instance.Activator.AdoptAsync(activation, default));
        await instance.ActivateHealthyAsync(activation);

        Assert.Null(ActivatingTests.Alive(child));
    }

    [Fact]
    public async Task A_process_that_was_started_but_not_written_down_is_found_by_its_mark()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", Runs);
        var pid = await ActivateInAgentThatDiesAsync(instance, activation);
        var file = new RunFile(instance.Folder.Run);
        file.Save(file.Load()! with { Process = null });

        await instance.ActivateHealthyAsync(instance.Version("2.0", Runs, generation: 2));

        Assert.Null(ActivatingTests.Alive(pid));
    }

    [Fact]
    public async Task An_agent_killed_while_it_checks_leaves_something_the_next_one_replaces()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", "echo $$; exec sleep 1000", port: (uint)FreePort.Next(), change: spec => spec.Health.Http = new() { Path = "/" });
        using var agent = Start("activate", instance, activation);
        await TestInstance.UntilAsync(() => instance.Log.EndsWith('\n'), "the service runs and is being checked");
        agent.Kill();
        var pid = int.Parse(instance.Log, CultureInfo.InvariantCulture);

        Assert.False(await instance.Activator.AdoptAsync(activation, default));
        await instance.ActivateHealthyAsync(instance.Version("2.0", Runs, generation: 2));

        Assert.Null(ActivatingTests.Alive(pid));
    }

    [Theory]
    [InlineData(2, "1.0")]
    [InlineData(1, "other")]
    public async Task Only_the_very_same_generation_and_version_is_adopted(ulong generation, string version)
    {
        await using var instance = new TestInstance();
        var pid = await ActivateInAgentThatDiesAsync(instance, instance.Version("1.0", Runs));

        Assert.False(await instance.Activator.AdoptAsync(instance.Version(version, Runs, generation), default));

        Assert.NotNull(ActivatingTests.Alive(pid));
    }

    [Fact]
    public async Task Another_process_that_got_the_same_process_id_is_neither_adopted_nor_killed()
    {
        await using var instance = new TestInstance();
        using var stranger = Process.Start("sleep", "1000");
        var activation = instance.Version("1.0", Runs);
        CurrentVersion.Switch(instance.Folder, activation.VersionFolder);
        var identity = ProcessIdentity.Of(stranger.Id)!;
        new RunFile(instance.Folder.Run).Save(new()
        {
            Run = "0123456789abcdef",
            Generation = 1,
            Version = "1.0",
            ConfigRevision = 1,
            Port = 0,
            Activated = true,
            Process = identity with { StartTicks = identity.StartTicks - 100 },
        });

        Assert.False(await instance.Activator.AdoptAsync(activation, default));
        await instance.ActivateHealthyAsync(activation);

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    private static async Task<int> ActivateInAgentThatDiesAsync(TestInstance instance, Activation activation)
    {
        using var agent = Start("activate", instance, activation);
        var said = "";
        while (await agent.StandardOutput.ReadLineAsync() is { } line)
        {
            said += line + "\n";
            if (!line.StartsWith("pid ", StringComparison.Ordinal))
                continue;

            await TestInstance.UntilAsync(() => instance.Log.Length > 0, "the service has said something");
            agent.Kill();
            await agent.WaitForExitAsync();
            return int.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("The agent ended: " + said + await agent.StandardError.ReadToEndAsync());
    }

    private static Process Start(string verb, TestInstance instance, Activation activation)
    {
        var release = activation.Release.Clone();
        release.Config.Add(activation.Environment.ToDictionary());
        release.Spec.Port = activation.Port;
        var file = Path.Combine(instance.Data.Root, "release");
        File.WriteAllBytes(file, release.ToByteArray());
        string[] arguments = [verb, instance.Data.Root, activation.Generation.ToString(CultureInfo.InvariantCulture), file];
        return Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "MortalAgent"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
