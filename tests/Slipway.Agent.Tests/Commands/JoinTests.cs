using Slipway.Agent.Commands;
using Slipway.Agent.Identity;
using Slipway.Agent.Tests.Fakes;
using Xunit;

namespace Slipway.Agent.Tests.Commands;

public sealed class JoinTests : IAsyncLifetime
{
    private readonly string data = Path.Combine(Path.GetTempPath(), "slipway-join", Guid.NewGuid().ToString("N"));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private FakeServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Joining_writes_down_who_the_agent_is_and_says_what_to_do_next()
    {
        Assert.Equal(0, await JoinAsync("--server", server.Address.ToString(), "--token", "slj_a_b", "--name", "web-1", "--label", "zone=b"));

        var identity = AgentIdentity.Load(new(data))!;
        Assert.Equal(("web-1", "dev", FakeServer.ServerId, "b"), (identity.Instance.Value, identity.Environment.Value, identity.ServerId, identity.Labels["zone"]));
        Assert.Equal("web-1", server.Joins[0].Name.Value);
        Assert.Contains($"slipway-agent run --data {data}", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "identity.json")));
    }

    [Theory]
    [InlineData("http://192.0.2.1:8080", "slj_a_b", "web-1", "--allow-plain-http")]
    [InlineData("slipway.example.com", "slj_a_b", "web-1", "https://")]
    [InlineData("ftp://slipway.example.com", "slj_a_b", "web-1", "https://")]
    [InlineData("https://example.com/slipway", "slj_a_b", "web-1", "write https://example.com")]
    [InlineData("http://127.0.0.1:1", "slp_a_b", "web-1", "slipway agents token")]
    [InlineData("http://127.0.0.1:1", "slj_a_b", "web 1", "--name")]
    public async Task Wrong_input_gets_a_sentence_that_says_what_to_do(string address, string token, string name, string hint)
    {
        Assert.Equal(2, await JoinAsync("--server", address, "--token", token, "--name", name));
        Assert.Contains(hint, error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, "identity.json")));
    }

    [Theory]
    [InlineData("9100")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("lb:9100")]
    public async Task An_address_for_balancers_has_an_IP_address_and_a_port(string balancer)
    {
        Assert.Equal(2, await JoinAsync("--server", server.Address.ToString(), "--token", "slj_a_b", "--name", "web-1", "--balancer", balancer));
        Assert.Contains("127.0.0.1:9100", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Joins);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_not_taken_for_a_server_that_is_away()
    {
        var file = Path.GetTempFileName();
        Assert.Equal(2, await JoinAsync("--server", server.Address.ToString(), "--token", "slj_a_b", "--name", "web-1", "--data", file));
        Assert.Contains($"{file} cannot be written", error.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Joining_again_under_an_agent_that_runs_is_refused_and_uses_no_token()
    {
        await JoinAsync("--server", server.Address.ToString(), "--token", "slj_a_b", "--name", "web-1");
        using var running = AgentLock.TryTake(new(data));

        Assert.Equal(2, await JoinAsync("--server", server.Address.ToString(), "--token", "slj_c_d", "--name", "web-1", "--replace"));

        Assert.Contains("Stop it first", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Joins);
    }

    [Fact]
    public async Task A_join_that_died_before_its_key_was_in_place_has_joined()
    {
        await JoinAsync("--server", server.Address.ToString(), "--token", "slj_a_b", "--name", "web-1");
        var folder = new DataFolder(data);
        File.Move(folder.Key, folder.NextKey);

        using var keys = AgentKeys.Load(folder);

        Assert.NotNull(keys);
        Assert.True(File.Exists(folder.Key));
    }

    [Fact]
    public async Task A_server_without_TLS_is_not_taken_for_one_with_a_wrong_certificate()
    {
        Assert.Equal(3, await JoinAsync("--server", $"https://127.0.0.1:{server.Address.Port}", "--token", "slj_a_b", "--name", "web-1"));
        Assert.Contains("Does it speak TLS", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_apart()
    {
        Assert.Equal(4, await JoinAsync("--server", "http://127.0.0.1:1", "--token", "slj_a_b", "--name", "web-1"));
        Assert.Contains("cannot be reached", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_twice_by_mistake_changes_nothing()
    {
        await JoinAsync("--server", server.Address.ToString(), "--token", "slj_a_b", "--name", "web-1");
        var key = await File.ReadAllTextAsync(Path.Combine(data, "key.pem"));

        Assert.Equal(2, await JoinAsync("--server", server.Address.ToString(), "--token", "slj_c_d", "--name", "web-1"));
        Assert.Contains("--replace", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(data, "key.pem")));
        Assert.Equal(0, await JoinAsync("--server", server.Address.ToString(), "--token", "slj_c_d", "--name", "web-1", "--replace"));
        Assert.NotEqual(key, await File.ReadAllTextAsync(Path.Combine(data, "key.pem")));
    }

    [Fact]
    public async Task Running_before_joining_says_how_to_join()
    {
        Assert.Equal(2, await AgentCommand.InvokeAsync(["run", "--data", data], output, error));
        Assert.Contains("slipway-agent join", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_usage_says_what_is_missing()
    {
        Assert.Equal(2, await AgentCommand.InvokeAsync(["join"], output, error));
        Assert.Contains("--token", error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> JoinAsync(params string[] arguments) =>
        AgentCommand.InvokeAsync(["join", "--environment", "dev", "--service", "shop", .. arguments.Contains("--data") ? [] : new[] { "--data", data }, .. arguments], output, error);
}
