using System.Net;
using Microsoft.Extensions.Logging;
using Slipway.Contracts;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;
using Slipway.Server.Configuration;
using Slipway.Server.Tests.Versions;

namespace Slipway.Server.Tests.Configuration;

[OnBothDatabases]
public sealed class ConfigTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Secret = "s3cr3t-that-nobody-sees";

    private TestServer Server => shared.Server;

    [Fact]
    public async Task Secrets_are_kept_by_name_and_only_agents_get_them()
    {
        var target = await TargetAsync("secretive");
        await CreateAsync(target, new() { Values = Of(("A", "1")), Secrets = Of(("KEY", Secret), ("OTHER", "x")) });
        var second = await CreateAsync(target, new() { Values = Of(("A", "2")), KeepSecrets = ["KEY"] });
        Assert.Equal((2, "2"), (second.Number, second.Values["A"]));
        Assert.Equal(["KEY"], second.SecretNames);
        var store = Server.Get<ConfigStore>();
        Assert.Equal(Secret, Assert.Single((await store.DecryptSecretsAsync(target, 2, default))!).Value);
        Assert.Equal(["KEY", "OTHER"], (await store.DecryptSecretsAsync(target, 1, default))!.Keys.Order());
        Assert.Equal("1", (await Server.Http.GetAsync<ConfigRevision>("/api/v1/targets/secretive/dev/config/1")).Values["A"]);
    }

    [Fact]
    public async Task The_same_again_is_the_same_revision()
    {
        var target = await TargetAsync("idle");
        var request = new CreateConfigRevision { Values = Of(("A", "1")), Secrets = Of(("KEY", Secret)) };
        Assert.Equal(1, (await CreateAsync(target, request)).Number);
        Assert.Equal(1, (await CreateAsync(target, request)).Number);
        Assert.Equal(2, (await CreateAsync(target, request with { Secrets = Of(("KEY", "new")) })).Number);
    }

    [Fact]
    public async Task A_secret_is_in_no_answer_no_log_and_no_file()
    {
        using var log = new LoggedLines();
        await using var server = await TestServer.StartAsync(builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter<LoggedLines>((string?)null, LogLevel.Trace));
        await server.Http.AppliedAsync("service: hidden\nrun: ./a\nenvironments: { dev: {} }\n");
        var answers = new List<string>();
        foreach (var body in (string[])
            [
                $$$"""{"secrets":{"KEY":"{{{Secret}}}"}}""",
                $$$"""{"secrets":{"1BAD":"{{{Secret}}}"}}""",
                $$$"""{"secrets":{"KEY":"{{{Secret}}}"},"values":{"KEY":"a"}}""",
                $$$"""{"secrets":{"KEY":["{{{Secret}}}"]}}""",
                $$$"""{"secrets":{"KEY":"{{{Secret}}}"},"keepSecrets":["NONE"]}""",
                $$$"""{"secrets":{"KEY":"{{{Secret}}}" """,
            ])
        {
            answers.Add(await (await server.Http.PostTextAsync("/api/v1/targets/hidden/dev/config", body, Guid.NewGuid().ToString())).Content.ReadAsStringAsync());
        }

        foreach (var path in (string[])["targets/hidden/dev/config", "targets/hidden/dev/config/1", "services/hidden", "audit"])
            answers.Add(await server.Http.GetStringAsync("/api/v1/" + path));

        Assert.Contains(answers, answer => answer.Contains("\"secretNames\":[\"KEY\"]", StringComparison.Ordinal));
        Assert.DoesNotContain(answers, answer => answer.Contains(Secret, StringComparison.Ordinal));
        Assert.NotEmpty(log.Lines);
        Assert.False(log.Has(Secret));
        foreach (var file in Directory.GetFiles(server.DataDirectory, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            Assert.False(Contains(file, Secret), $"{file} has the secret.");
    }

    [Theory]
    [InlineData("""{"values":{"1A":"b"}}""", "values.1A")]
    [InlineData("""{"values":{"A-B":"b"}}""", "values.A-B")]
    [InlineData("""{"values":{"SLIPWAY_A":"b"}}""", "values.SLIPWAY_A")]
    [InlineData("""{"secrets":{"SLIPWAY_A":"b"}}""", "secrets.SLIPWAY_A")]
    [InlineData("""{"values":{"A":"b"},"secrets":{"A":"b"}}""", "values.A")]
    [InlineData("""{"secrets":{"A":"b"},"keepSecrets":["A"]}""", "keepSecrets.A")]
    [InlineData("""{"values":{"A":"\u0000"}}""", "values.A")]
    public async Task A_wrong_value_is_named(string body, string place)
    {
        await TargetAsync("wrong");
        var problem = await (await Server.Http.PostTextAsync("/api/v1/targets/wrong/dev/config", body)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_config");
        Assert.Equal(place, Assert.Single(problem.Errors!).Key);
    }

    [Fact]
    public async Task Values_are_bounded_one_by_one_and_together()
    {
        var target = await TargetAsync("bounded");
        await RefusedAsync(Of(("A", new string('x', (32 * 1024) + 1))));
        await RefusedAsync(Enumerable.Range(0, 9).ToDictionary(i => $"A{i}", _ => new string('x', 31 * 1024)));
        await CreateAsync(target, new() { Values = Of(("A", new string('x', 32 * 1024)), ("PORT", "80")) });

        async Task RefusedAsync(Dictionary<string, string> values) =>
            await (await Server.Http.PostAsync("/api/v1/targets/bounded/dev/config", new CreateConfigRevision { Values = values })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_config");
    }

    [Fact]
    public async Task Revisions_are_listed_newest_first_and_unknown_ones_are_not_found()
    {
        var target = await TargetAsync("listing");
        for (var i = 0; i < 3; i++)
            await CreateAsync(target, new() { Values = Of(("A", $"{i}")) });

        var page = await Server.Http.GetAsync<Page<ConfigRevision>>("/api/v1/targets/listing/dev/config?limit=2");
        Assert.Equal([3, 2], page.Items.Select(revision => revision.Number));
        page = await Server.Http.GetAsync<Page<ConfigRevision>>($"/api/v1/targets/listing/dev/config?limit=2&cursor={page.NextCursor}");
        Assert.Equal(1, Assert.Single(page.Items).Number);
        await (await Server.Http.GetAsync("/api/v1/targets/listing/dev/config/9")).ShouldRefuseAsync(HttpStatusCode.NotFound, "config_revision_not_found");
        await (await Server.Http.GetAsync("/api/v1/targets/listing/nowhere/config")).ShouldRefuseAsync(HttpStatusCode.NotFound, "target_not_found");
    }

    [Fact]
    public async Task Many_who_create_at_once_get_a_number_each()
    {
        var target = await TargetAsync("parallel");
        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => CreateAsync(target, new() { Values = Of(("A", $"{i}")) })));
        Assert.Equal([1, 2, 3, 4, 5], made.Select(revision => revision.Number).Order());
    }

    private static Dictionary<string, string> Of(params (string Name, string Value)[] values) => values.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static bool Contains(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    }

    private async Task<TargetId> TargetAsync(string service)
    {
        await Server.Http.AppliedAsync($"service: {service}\nrun: ./a\nenvironments: {{ dev: {{}} }}\n");
        return new(ServiceName.Parse(service), EnvironmentName.Parse("dev"));
    }

    private async Task<ConfigRevision> CreateAsync(TargetId target, CreateConfigRevision request) =>
        await (await Server.Http.PostAsync($"/api/v1/targets/{target.Key}/config", request)).ShouldBeAsync<ConfigRevision>(HttpStatusCode.Created);
}
