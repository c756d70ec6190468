namespace Slipway.Agent.Preparing.Archives;

/// <summary>Who owns what is unpacked: the user the service runs as, where the agent is root and another one is asked for.</summary>
internal sealed record UnixOwner(uint User, uint Group)
{
    /// <summary>Looks the user up in /etc/passwd. Null for the agent's own user, or where the agent could not give files away.</summary>
    public static UnixOwner? Find(string user)
    {
        if (user is "" || Environment.UserName == user || !Environment.IsPrivilegedProcess)
            return null;

        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            if (line.Split(':') is [var name, _, var id, var group, ..] && name == user
                && uint.TryParse(id, out var userId) && uint.TryParse(group, out var groupId))
                return new(userId, groupId);
        }

        throw new PrepareException("config_invalid", $"The service runs as user \"{user}\", which this instance does not have.");
    }
}
