using System.Security.Cryptography;

namespace Slipway.FakeGate.Access;

/// <summary>Tokens that callers have made for themselves.</summary>
internal sealed class ApiTokens
{
    private readonly Lock entrance = new();
    private readonly List<ApiToken> all = [];

    public ApiToken Add(string name, User owner, DateTimeOffset now)
    {
        var made = new ApiToken(Guid.NewGuid().ToString(), name, "spk_" + RandomNumberGenerator.GetHexString(48, lowercase: true), owner, now);
        lock (entrance)
            all.Add(made);

        return made;
    }

    public IReadOnlyList<ApiToken> Of(User owner)
    {
        lock (entrance)
            return [.. all.Where(token => token.Owner.Name == owner.Name)];
    }

    public bool Remove(string id, User owner)
    {
        lock (entrance)
            return all.RemoveAll(token => token.Id == id && token.Owner.Name == owner.Name) > 0;
    }

    public User? OwnerOf(string value)
    {
        lock (entrance)
            return all.Find(token => token.Value == value)?.Owner;
    }
}

internal sealed record ApiToken(string Id, string Name, string Value, User Owner, DateTimeOffset Created);
