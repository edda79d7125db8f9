using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>What answers the requests of one command.</summary>
/// <typeparam name="T">The command's request.</typeparam>
internal delegate Result<Payload> Handler<in T>(T request, CallContext context)
    where T : Request;
