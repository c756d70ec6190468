using System.Security.Cryptography;
using Slipway.Contracts.Agents;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Signatures;

/// <summary>Whose request it is, by the key the instance joined with.</summary>
internal sealed class AgentAuthenticator(LiveFleet fleet, Installation installation, TimeProvider time)
{
    public Outcome<LiveInstance> Authenticate(HttpRequest request)
    {
        if (AgentSignature.Parse(request.Headers.Authorization) is not { } signature)
            return Unauthorized("bad_signature", "The request has no valid Slipway-Agent signature. Only agents call this address.");

        if (fleet.Find(signature.Instance) is not { } instance)
            return Unauthorized("agent_unknown", $"There is no instance {signature.Instance} here. Join again with a fresh join token.");

        if (instance.Facts.RevokedAt is not null)
            return Unauthorized("agent_revoked", $"Instance {signature.Instance} was deleted here. Join again with a fresh join token if it should belong.");

        if (signature.ServerId != installation.ServerId)
            return Unauthorized("bad_signature", "The signature is for another server. Join again if the server was set up anew.");

        var now = time.GetUtcNow();
        if ((signature.Time - now).Duration() > AgentSignature.Tolerance)
            return Unauthorized("clock_skew", "The signature's time is too far from the server's, which the Date header tells.");

        if (!IsSignedBy(instance.Facts.PublicKey, signature, request))
            return Unauthorized("bad_signature", $"The signature was not made with the key of instance {signature.Instance}.");

        return instance.Nonces.Use(signature.Nonce, signature.Time + AgentSignature.Tolerance, now) switch
        {
            NonceAnswer.Fresh => instance,
            NonceAnswer.UsedBefore => Unauthorized("bad_signature", "The signature was used before. Every request needs its own."),
            NonceAnswer.Malformed => Unauthorized("bad_signature", "A nonce is 32 hexadecimal digits."),
            NonceAnswer.TooMany => new Refusal("too_many_requests", StatusCodes.Status429TooManyRequests, "The instance asks too often. Wait some minutes."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool IsSignedBy(byte[] publicKey, AgentSignature signature, HttpRequest request)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return signature.IsValid(key, request.Method, request.Path);
    }

    private static Refusal Unauthorized(string code, string detail) => new(code, StatusCodes.Status401Unauthorized, detail);
}
