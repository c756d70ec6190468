using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Access;

namespace Slipway.Server.Tests.Api;

[OnBothDatabases]
public sealed class PagingTests
{
    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 6; i++)
            await (await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = $"t{i}", Scope = Scope.Read })).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);

        List<string> names = [];
        string? cursor = null;
        do
        {
            var page = await server.Http.GetAsync<Page<Token>>($"/api/v1/tokens?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page.Items.Count, 1, 3);
            names.AddRange(page.Items.Select(token => token.Name));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["first-admin", "t0", "t1", "t2", "t3", "t4", "t5"], names.Order());
        Assert.Equal(names.Count, names.Distinct().Count());
    }
}
